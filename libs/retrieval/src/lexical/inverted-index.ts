import { B, K1, type CorpusStatistics } from './bm25';
import { frequencyOf, MAX_SLOTS, Postings, slotOf } from './postings';
import { TermTable } from './term-table';
import { TopHits, type SlotHit } from './top-hits';
import { grown } from './typed-arrays';

/** Dead slots are swept out of every list when they are this share of all: one pass, far from any single removal. */
const SWEEP_SHARE = 0.25;
const SWEEP_MINIMUM = 1_000;

/**
 * BM25 over an inverted index on typed arrays. Documents come and go one by one; nothing is rebuilt for a query.
 * A document is known by its slot, a small number that is given again some time after a removal.
 * Memory: about 5 bytes for each distinct term of each document.
 */
export class InvertedIndex {
  private readonly terms = new TermTable();
  private readonly postings = new Postings();
  private lengths = new Uint32Array(1024);
  private isDead = new Uint8Array(1024);
  /** Scratch of {@link add}, by term: always back to 0. */
  private counts = new Uint32Array(1024);
  /** Scratch of {@link search}, by slot: always back to 0. */
  private scores = new Float32Array(1024);
  private readonly freeSlots: number[] = [];
  private dead: number[] = [];
  private slots = 0;
  private totalLength = 0;

  /** Number of documents. */
  get size(): number {
    return this.slots - this.freeSlots.length - this.dead.length;
  }

  /** Memory of the arrays. */
  get bytes(): number {
    const { lengths, isDead, counts, scores } = this;
    const own = lengths.byteLength + isDead.byteLength + counts.byteLength + scores.byteLength;
    return own + this.terms.bytes + this.postings.bytes;
  }

  /** Indexes a document. @returns its slot. */
  add(terms: readonly string[]): number {
    const slot = this.takeSlot();
    this.lengths[slot] = terms.length;
    this.totalLength += terms.length;
    const distinct: number[] = [];
    for (const term of terms) {
      const number = this.terms.intern(term);
      this.counts = grown(this.counts, number + 1);
      const count = this.counts[number] ?? 0;
      if (count === 0) distinct.push(number);
      this.counts[number] = count + 1;
    }
    for (const number of distinct) {
      this.postings.append(number, slot, this.counts[number] ?? 1);
      this.counts[number] = 0;
    }
    return slot;
  }

  /** Forgets a document at once; its postings go when they are next read, or in a sweep. */
  remove(slot: number): void {
    if (slot >= this.slots || this.isDead[slot]) return;
    this.totalLength -= this.lengths[slot] ?? 0;
    this.isDead[slot] = 1;
    this.dead.push(slot);
    if (this.dead.length >= Math.max(SWEEP_MINIMUM, this.slots * SWEEP_SHARE)) this.sweep();
  }

  /** What this index contributes to the statistics of everything searched together. */
  statistics(terms: Iterable<string>): CorpusStatistics {
    const frequencies = new Map<string, number>();
    for (const term of terms) frequencies.set(term, this.frequency(this.terms.find(term)));
    return { documents: this.size, length: this.totalLength, frequencies };
  }

  /**
   * The best documents that hold at least one of the terms.
   * @param weights of the query's terms, from `termWeights`
   * @param averageLength terms per document in everything searched together
   */
  search(weights: ReadonlyMap<string, number>, averageLength: number, limit: number): SlotHit[] {
    const touched: number[] = [];
    for (const [term, weight] of weights) {
      const number = this.terms.find(term);
      if (this.frequency(number) > 0) this.accumulate(this.postings.of(number), weight, averageLength, touched);
    }
    return this.collect(touched, limit);
  }

  private accumulate(list: Uint32Array, weight: number, averageLength: number, touched: number[]): void {
    const { scores, lengths } = this;
    const lengthFactor = (K1 * B) / averageLength;
    for (const posting of list) {
      const slot = slotOf(posting);
      const frequency = frequencyOf(posting);
      const score = scores[slot] ?? 0;
      if (score === 0) touched.push(slot);
      scores[slot] = score + (weight * frequency) / (frequency + K1 * (1 - B) + lengthFactor * (lengths[slot] ?? 0));
    }
  }

  private collect(touched: readonly number[], limit: number): SlotHit[] {
    const top = new TopHits(limit);
    for (const slot of touched) {
      top.offer(slot, this.scores[slot] ?? 0);
      this.scores[slot] = 0;
    }
    return top.sorted();
  }

  private frequency(number: number): number {
    if (number < 0) return 0;
    return this.dead.length === 0 ? this.postings.lengthOf(number) : this.postings.purge(number, this.isDead);
  }

  private takeSlot(): number {
    const reused = this.freeSlots.pop();
    if (reused !== undefined) return reused;
    if (this.slots >= MAX_SLOTS) throw new RangeError(`An inverted index holds at most ${MAX_SLOTS} documents`);
    this.slots += 1;
    this.lengths = grown(this.lengths, this.slots);
    this.isDead = grown(this.isDead, this.slots);
    this.scores = grown(this.scores, this.slots);
    return this.slots - 1;
  }

  /** Only now may dead slots be given again: no list names them any more. */
  private sweep(): void {
    for (let number = 0; number < this.terms.size; number += 1) this.postings.purge(number, this.isDead);
    for (const slot of this.dead) {
      this.isDead[slot] = 0;
      this.freeSlots.push(slot);
    }
    this.dead = [];
  }
}
