import { ByteLists, LOW_BITS } from './byte-lists';
import { grown } from './typed-arrays';

/** A posting, once read, packs slot and term frequency into 32 bits: 16.7 million slots, frequencies up to 255. */
const FREQUENCY_BITS = 8;
const MAX_FREQUENCY = 255;
export const MAX_SLOTS = 2 ** (32 - FREQUENCY_BITS);

export const slotOf = (posting: number): number => posting >>> FREQUENCY_BITS;
export const frequencyOf = (posting: number): number => posting & MAX_FREQUENCY;

/** Low bits of a stored posting: the frequency less 1, or `MANY` and the frequency in the next byte. */
const INLINE_BITS = 2;
const MANY = 2 ** INLINE_BITS - 1;

/** What was read last, of whichever index: its arrays are as long as the longest list, and reading is synchronous. */
let read = new Uint32Array(1024);

/**
 * Posting lists of all terms, compressed: the distance to the slot before and the frequency, in as few bytes as they
 * need (variable-byte code, as Lucene's). One to two bytes a posting where plain numbers take four.
 */
export class Postings {
  private readonly lists = new ByteLists();
  private counts = new Uint32Array(256);
  private lastSlots = new Uint32Array(256);

  get bytes(): number {
    return this.lists.bytes + this.counts.byteLength + this.lastSlots.byteLength;
  }

  /** Number of postings, those of dead slots included. */
  lengthOf(term: number): number {
    return this.counts[term] ?? 0;
  }

  /** @param slot above all that the term has */
  append(term: number, slot: number, frequency: number): void {
    this.counts = grown(this.counts, term + 1);
    this.lastSlots = grown(this.lastSlots, term + 1);
    const distance = slot - (this.lastSlots[term] ?? 0);
    const less = Math.min(frequency, MAX_FREQUENCY) - 1;
    this.lists.append(term, distance * (MANY + 1) + Math.min(less, MANY));
    if (less >= MANY) this.lists.appendByte(term, less - MANY);
    this.counts[term] = (this.counts[term] ?? 0) + 1;
    this.lastSlots[term] = slot;
  }

  /** A term's postings in the order of their slots: valid until the next call, of any index. */
  of(term: number): Uint32Array {
    const count = this.lengthOf(term);
    read = grown(read, count);
    const bytes = this.lists.of(term);
    let slot = 0;
    for (let index = 0, at = 0; index < count; index += 1) {
      let byte = bytes[at++] ?? 0;
      let value = byte & LOW_BITS;
      for (let shift = 7; byte > LOW_BITS; shift += 7) {
        byte = bytes[at++] ?? 0;
        value |= (byte & LOW_BITS) << shift;
      }
      slot += value >>> INLINE_BITS;
      const less = value & MANY;
      read[index] = ((slot << FREQUENCY_BITS) | (1 + less + (less === MANY ? (bytes[at++] ?? 0) : 0))) >>> 0;
    }
    return read.subarray(0, count);
  }
}
