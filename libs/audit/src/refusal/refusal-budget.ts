/** Entries one caller may cause in a minute by being refused; a person who mistypes stays far below. */
export const REFUSALS_PER_CALLER = 10;
/** Entries all unknown callers together may cause in a minute: an attacker with many addresses must not fill the disk. */
export const REFUSALS_OF_STRANGERS = 100;

const MINUTE_MS = 60_000;

/** What was refused and not written. */
export interface Suppressed {
  readonly refusals: number;
  readonly callers: number;
}

/** Decides which refusals get an entry, in windows of a minute, and counts the others. */
export class RefusalBudget {
  private windowEnds = 0;
  private strangers = 0;
  private written = new Map<string, number>();
  private unwritten = new Map<string, number>();
  private overflow = 0;

  /** @param caller a user, or the address of a stranger. @param now milliseconds */
  admit(caller: string, isStranger: boolean, now: number): boolean {
    this.startWindow(now);
    const count = this.written.get(caller) ?? 0;
    const isOver = count >= REFUSALS_PER_CALLER || (isStranger && this.strangers >= REFUSALS_OF_STRANGERS);
    if (isOver) {
      this.suppress(caller);
      return false;
    }
    this.written.set(caller, count + 1);
    if (isStranger) this.strangers += 1;
    return true;
  }

  /** What was suppressed since the last call, if anything. */
  takeSuppressed(): Suppressed | undefined {
    const refusals = this.overflow + [...this.unwritten.values()].reduce((sum, count) => sum + count, 0);
    const callers = this.unwritten.size;
    this.unwritten = new Map();
    this.overflow = 0;
    return refusals === 0 ? undefined : { refusals, callers };
  }

  /** Remembers a bounded number of callers; those beyond it are counted as one. */
  private suppress(caller: string): void {
    const count = this.unwritten.get(caller);
    if (count === undefined && this.unwritten.size >= REFUSALS_OF_STRANGERS) this.overflow += 1;
    else this.unwritten.set(caller, (count ?? 0) + 1);
  }

  private startWindow(now: number): void {
    if (now < this.windowEnds) return;
    this.windowEnds = now + MINUTE_MS;
    this.strangers = 0;
    this.written = new Map();
  }
}
