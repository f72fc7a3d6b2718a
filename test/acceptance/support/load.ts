import autocannon from 'autocannon';

export interface LoadTarget {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly token: string;
  readonly body?: object;
}

/** Few enough that a quiet product of two cores is not busy with them: what grows is waiting, not work. */
const REQUESTS_PER_SECOND = 20;
const CONNECTIONS = 2;
/** Ended by whoever started it, long before. Seconds. */
const LONGEST = 3_600;

/** Asks one route at a steady pace, and notes how long each answer took. */
export class Load {
  /** Milliseconds. */
  readonly times: number[] = [];
  refused = 0;
  private readonly instance: autocannon.Instance;
  private readonly ended: Promise<void>;

  constructor({ method, url, token, body }: LoadTarget) {
    const options: autocannon.Options = {
      url,
      method,
      connections: CONNECTIONS,
      overallRate: REQUESTS_PER_SECOND,
      duration: LONGEST,
      timeout: 60,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    };
    let finish: () => void = () => undefined;
    this.ended = new Promise((resolve) => (finish = resolve));
    this.instance = autocannon(options, () => finish());
    this.instance.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === 200) this.times.push(milliseconds);
      else this.refused += 1;
    });
    this.instance.on('reqError', () => (this.refused += 1));
  }

  async stop(): Promise<void> {
    this.instance.stop();
    await this.ended;
  }

  /** @param p 0..1 @returns milliseconds */
  percentile(p: number): number {
    const sorted = [...this.times].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
  }
}
