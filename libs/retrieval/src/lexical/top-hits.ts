export interface SlotHit {
  readonly slot: number;
  readonly score: number;
}

/** Keeps the `limit` best of a stream: a binary heap whose root is the worst kept. */
export class TopHits {
  private readonly heap: SlotHit[] = [];
  /** Scores must be above this to enter. */
  threshold = 0;

  constructor(private readonly limit: number) {
    if (limit < 1) this.threshold = Infinity;
  }

  offer(slot: number, score: number): void {
    if (score <= this.threshold) return;
    if (this.heap.length < this.limit) {
      this.heap.push({ slot, score });
      this.rise(this.heap.length - 1);
    } else {
      this.heap[0] = { slot, score };
      this.sink(0);
    }
    if (this.heap.length === this.limit) this.threshold = this.scoreAt(0);
  }

  /** Best first. */
  sorted(): SlotHit[] {
    return this.heap.toSorted((a, b) => b.score - a.score || a.slot - b.slot);
  }

  private scoreAt(at: number): number {
    return this.heap[at]?.score ?? Infinity;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.heap[a], this.heap[b]];
    if (!first || !second) return;
    this.heap[a] = second;
    this.heap[b] = first;
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.scoreAt(parent) <= this.scoreAt(at)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.scoreAt(left + 1) < this.scoreAt(left) ? left + 1 : left;
      if (this.scoreAt(child) >= this.scoreAt(at)) return;
      this.swap(at, child);
      at = child;
    }
  }
}
