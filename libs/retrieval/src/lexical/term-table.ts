const EMPTY = 0;
const INITIAL_CAPACITY = 1024;
/** Looked up once: inside a test's sandbox each look-up of a global costs more than the multiplication. */
const { imul } = Math;

/**
 * Numbers terms 0, 1, 2 ... It keeps a 64-bit hash of each term instead of its text: 24 bytes a term where a `Map` of
 * strings takes about 100. Two of a million terms share a hash with a probability of 3e-8, and would then only share
 * their postings.
 */
export class TermTable {
  private low = new Int32Array(INITIAL_CAPACITY);
  private high = new Int32Array(INITIAL_CAPACITY);
  /** Term number + 1, so that 0 marks a free place. */
  private numbers = new Uint32Array(INITIAL_CAPACITY);
  private count = 0;
  private hashLow = 0;
  private hashHigh = 0;

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.numbers.byteLength * 3;
  }

  /** The number of a term, or -1. */
  find(term: string): number {
    this.hash(term);
    return (this.numbers[this.place()] ?? EMPTY) - 1;
  }

  /** The number of a term, given now if it has none. */
  intern(term: string): number {
    this.hash(term);
    const at = this.place();
    const known = this.numbers[at] ?? EMPTY;
    if (known !== EMPTY) return known - 1;
    this.put(at, this.hashLow, this.hashHigh, this.count + 1);
    this.count += 1;
    if (this.count * 2 > this.numbers.length) this.grow();
    return this.count - 1;
  }

  private put(at: number, low: number, high: number, number: number): void {
    this.low[at] = low;
    this.high[at] = high;
    this.numbers[at] = number;
  }

  /** Linear probing; at most half of the places are taken. */
  private place(): number {
    const mask = this.numbers.length - 1;
    let at = this.hashLow & mask;
    while (this.numbers[at] !== EMPTY && (this.low[at] !== this.hashLow || this.high[at] !== this.hashHigh)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private grow(): void {
    const { low, high, numbers } = this;
    const capacity = numbers.length * 2;
    this.low = new Int32Array(capacity);
    this.high = new Int32Array(capacity);
    this.numbers = new Uint32Array(capacity);
    for (let from = 0; from < numbers.length; from += 1) {
      if (numbers[from] === EMPTY) continue;
      this.hashLow = low[from] ?? 0;
      this.hashHigh = high[from] ?? 0;
      this.put(this.place(), this.hashLow, this.hashHigh, numbers[from] ?? EMPTY);
    }
  }

  /**
   * Two independent multiplicative hashes (FNV-1a, and MurmurHash3's constants), each finished to spread its bits.
   * Signed, because the engine keeps small signed integers unboxed.
   */
  private hash(term: string): void {
    let low = 0x811c9dc5;
    let high = 0x9747b28c;
    for (let at = 0; at < term.length; at += 1) {
      const code = term.charCodeAt(at);
      low = imul(low ^ code, 0x01000193);
      high = imul(high ^ code, 0xcc9e2d51);
      high ^= high >>> 15;
    }
    low ^= low >>> 16;
    low = imul(low, 0x85ebca6b);
    this.hashLow = low ^ (low >>> 13);
    this.hashHigh = high;
  }
}
