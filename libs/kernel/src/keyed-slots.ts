/** Bounds what each key holds at the same time, such as the open streams of a caller. For one process. */
export class KeyedSlots {
  private readonly held = new Map<string, number>();

  /** @param maximum slots of one key */
  constructor(private readonly maximum: number) {}

  /** @returns what gives the slot back, good for one call; undefined when all are taken */
  take(key: string): (() => void) | undefined {
    const held = this.held.get(key) ?? 0;
    if (held >= this.maximum) return undefined;
    this.held.set(key, held + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.leave(key);
      isHeld = false;
    };
  }

  /** A key that holds nothing is forgotten: there is one for everybody who ever came. */
  private leave(key: string): void {
    const remaining = (this.held.get(key) ?? 1) - 1;
    if (remaining > 0) this.held.set(key, remaining);
    else this.held.delete(key);
  }
}
