import { Agent, request } from 'node:http';

import type { Probe } from './probes';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

const METHOD = /^[A-Z]+/;

/** Sends probes over kept connections; thousands of answers are only looked through, not checked against the contract. */
export class Caller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly url: string) {}

  send({ route, path, body, headers, person }: Omit<Probe, 'tells' | 'secret'>): Promise<Answer> {
    const payload = body && JSON.stringify(body);
    const method = METHOD.exec(route)?.[0] ?? 'GET';
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}/api/v1${path}`, {
        method,
        agent: this.agent,
        headers: {
          Authorization: `Bearer ${person.user.accessToken}`,
          ...(payload && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) }),
          ...headers,
        },
      });
      sent.once('error', reject);
      sent.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.once('error', reject).once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Works through a list, a few at a time. */
export const fewAtATime = async <T>(
  items: readonly T[],
  few: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: few }, lane));
};
