import { grown } from './typed-arrays';

/** A posting packs document slot and term frequency into 32 bits: 16.7 million slots, frequencies up to 255. */
const FREQUENCY_BITS = 8;
const MAX_FREQUENCY = 255;
export const MAX_SLOTS = 2 ** (32 - FREQUENCY_BITS);

export const slotOf = (posting: number): number => posting >>> FREQUENCY_BITS;
export const frequencyOf = (posting: number): number => posting & MAX_FREQUENCY;

/**
 * Posting lists of all terms in one typed array. Each list is a block whose capacity is a power of two; a full block
 * moves to one twice as large and leaves its place to the next list of that size. So adding a document never moves
 * the others, and hundreds of thousands of short lists cost no object each.
 */
export class Postings {
  private arena = new Uint32Array(4096);
  private used = 0;
  private starts = new Uint32Array(1024);
  private lengths = new Uint32Array(1024);
  /** log2 of the block's capacity, plus 1; 0 while a term has no block. */
  private classes = new Uint8Array(1024);
  private readonly free: number[][] = [];

  get bytes(): number {
    return this.arena.byteLength + this.starts.byteLength + this.lengths.byteLength + this.classes.byteLength;
  }

  lengthOf(term: number): number {
    return this.lengths[term] ?? 0;
  }

  append(term: number, slot: number, frequency: number): void {
    this.makeRoom(term);
    const length = this.lengths[term] ?? 0;
    const packed = slot * (MAX_FREQUENCY + 1) + Math.min(frequency, MAX_FREQUENCY);
    this.arena[(this.starts[term] ?? 0) + length] = packed;
    this.lengths[term] = length + 1;
  }

  /** The live view of a term's postings: valid until the next change. */
  of(term: number): Uint32Array {
    const start = this.starts[term] ?? 0;
    return this.arena.subarray(start, start + this.lengthOf(term));
  }

  /** Drops the postings of dead slots. @returns how many remain. */
  purge(term: number, isDead: Uint8Array): number {
    const list = this.of(term);
    let kept = 0;
    for (const posting of list) {
      if (isDead[slotOf(posting)]) continue;
      list[kept] = posting;
      kept += 1;
    }
    this.lengths[term] = kept;
    return kept;
  }

  private makeRoom(term: number): void {
    this.starts = grown(this.starts, term + 1);
    this.lengths = grown(this.lengths, term + 1);
    this.classes = grown(this.classes, term + 1);
    const sizeClass = (this.classes[term] ?? 0) - 1;
    if (sizeClass < 0) this.place(term, this.allocate(0), 0);
    else if (this.lengthOf(term) === 2 ** sizeClass) this.move(term, sizeClass);
  }

  private move(term: number, sizeClass: number): void {
    const start = this.starts[term] ?? 0;
    const target = this.allocate(sizeClass + 1);
    this.arena.copyWithin(target, start, start + 2 ** sizeClass);
    (this.free[sizeClass] ??= []).push(start);
    this.place(term, target, sizeClass + 1);
  }

  private place(term: number, start: number, sizeClass: number): void {
    this.starts[term] = start;
    this.classes[term] = sizeClass + 1;
  }

  private allocate(sizeClass: number): number {
    const reused = this.free[sizeClass]?.pop();
    if (reused !== undefined) return reused;
    const start = this.used;
    this.used += 2 ** sizeClass;
    this.arena = grown(this.arena, this.used);
    return start;
  }
}
