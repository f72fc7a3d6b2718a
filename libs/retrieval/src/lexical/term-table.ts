import type { TermKey } from '#libs/text';

import { grown } from './typed-arrays';

const EMPTY = 0;
const INITIAL_CAPACITY = 256;
/** Share of places that may be taken: linear probing then looks at two on average. */
const MAX_LOAD = 0.7;
const { imul } = Math;

/**
 * Numbers terms 0, 1, 2 ... by their 64-bit keys: 14 to 20 bytes a term where a `Map` of strings takes about 100.
 */
export class TermTable {
  private lows = new Int32Array(INITIAL_CAPACITY);
  private highs = new Int32Array(INITIAL_CAPACITY);
  /** Term number + 1, so that 0 marks a free place. */
  private places = new Uint32Array(INITIAL_CAPACITY);
  private count = 0;

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.lows.byteLength + this.highs.byteLength + this.places.byteLength;
  }

  /** The number of a term, or -1. */
  find({ low, high }: TermKey): number {
    return (this.places[this.placeOf(low, high)] ?? EMPTY) - 1;
  }

  /** The number of a term, given now if it has none. */
  intern(low: number, high: number): number {
    const at = this.placeOf(low, high);
    const known = this.places[at] ?? EMPTY;
    if (known !== EMPTY) return known - 1;
    const number = this.count;
    this.count += 1;
    this.lows = grown(this.lows, this.count);
    this.highs = grown(this.highs, this.count);
    this.lows[number] = low;
    this.highs[number] = high;
    this.places[at] = this.count;
    if (this.count > this.places.length * MAX_LOAD) this.spread();
    return number;
  }

  keyOf(number: number): TermKey {
    return { low: this.lows[number] ?? 0, high: this.highs[number] ?? 0 };
  }

  /** Where the term is, or the free place where it would be. */
  private placeOf(low: number, high: number): number {
    const { lows, highs, places } = this;
    const mask = places.length - 1;
    let at = mixed(low, high) & mask;
    for (;;) {
      const known = (places[at] ?? EMPTY) - 1;
      if (known < 0 || (lows[known] === low && highs[known] === high)) return at;
      at = (at + 1) & mask;
    }
  }

  private spread(): void {
    this.places = new Uint32Array(this.places.length * 2);
    const mask = this.places.length - 1;
    for (let number = 0; number < this.count; number += 1) {
      let at = mixed(this.lows[number] ?? 0, this.highs[number] ?? 0) & mask;
      while (this.places[at] !== EMPTY) at = (at + 1) & mask;
      this.places[at] = number + 1;
    }
  }
}

/** Spreads keys that are letters as they stand (MurmurHash3's finisher over both halves). */
const mixed = (low: number, high: number): number => {
  let value = imul(low, 0xcc9e2d51) ^ imul(high, 0x1b873593);
  value = imul(value ^ (value >>> 15), 0x85ebca6b);
  return value ^ (value >>> 13);
};
