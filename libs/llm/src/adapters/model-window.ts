/** A model seldom changes behind its name; a server that was down is asked again sooner. */
const KNOWN_FOR_MS = 10 * 60_000;
const UNKNOWN_FOR_MS = 30_000;

/** Remembers how many tokens a model takes, so that no question waits for it but the first. */
export class ModelWindow {
  private known: number | undefined;
  private until = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  /** @param look asks the server; what it throws counts as not knowing */
  constructor(
    private readonly look: () => Promise<number | undefined>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What the server says; undefined when it does not say or does not answer. Never throws. */
  async tokens(): Promise<number | undefined> {
    if (this.now() >= this.until) await (this.looking ??= this.learn().finally(() => (this.looking = undefined)));
    return this.known;
  }

  private async learn(): Promise<void> {
    this.known = await this.look().catch(() => undefined);
    this.until = this.now() + (this.known === undefined ? UNKNOWN_FOR_MS : KNOWN_FOR_MS);
  }
}
