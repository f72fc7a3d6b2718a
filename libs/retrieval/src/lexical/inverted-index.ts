import { B, K1, keyOfTerm, type TermKeys } from '#libs/text';

import type { CorpusStatistics } from './bm25';
import type { Breather } from './breather';
import { frequencyOf, MAX_SLOTS, Postings, slotOf } from './postings';
import { TermTable } from './term-table';
import { TopHits, type SlotHit } from './top-hits';
import { grown } from './typed-arrays';

/**
 * BM25 over an inverted index on typed arrays. Documents come and go one by one; nothing is rebuilt for a query.
 * A document is known by its slot: they are given out in order, and those of the dead are taken back by {@link compacted}.
 * Memory: about 2 bytes for each distinct term of each document.
 */
export class InvertedIndex {
  private readonly terms = new TermTable();
  private readonly postings = new Postings();
  private lengths = new Uint32Array(256);
  private isDead = new Uint8Array(256);
  /** Scratch of {@link add}, by term: always back to 0. */
  private counts = new Uint32Array(256);
  /** Scratch of {@link search}, by slot: always back to 0. */
  private scores = new Float32Array(256);
  /** Live postings of terms that were asked for since the last removal. */
  private readonly frequencies = new Map<number, number>();
  private slots = 0;
  private dead = 0;
  private totalLength = 0;

  /** Number of documents. */
  get size(): number {
    return this.slots - this.dead;
  }

  /** Memory of the arrays. */
  get bytes(): number {
    const { lengths, isDead, counts, scores } = this;
    const own = lengths.byteLength + isDead.byteLength + counts.byteLength + scores.byteLength;
    return own + this.terms.bytes + this.postings.bytes;
  }

  /** Indexes a document. @returns its slot, one more than the last. */
  add(terms: TermKeys): number {
    const slot = this.stage(terms);
    this.reveal(slot);
    return slot;
  }

  /** Indexes a document that nobody finds before it is {@link reveal}ed. @returns its slot, one more than the last. */
  stage(terms: TermKeys): number {
    const slot = this.takeSlot(terms.length / 2);
    for (const number of this.countEach(terms)) {
      this.postings.append(number, slot, this.counts[number] ?? 1);
      this.counts[number] = 0;
    }
    return slot;
  }

  reveal(slot: number): void {
    this.totalLength += this.lengths[slot] ?? 0;
    this.isDead[slot] = 0;
    this.dead -= 1;
    this.frequencies.clear();
  }

  /** Forgets a document at once; its postings are passed over until {@link compacted}. */
  remove(slot: number): void {
    if (slot >= this.slots || this.isDead[slot]) return;
    this.totalLength -= this.lengths[slot] ?? 0;
    this.isDead[slot] = 1;
    this.dead += 1;
    this.frequencies.clear();
  }

  /** What this index contributes to the statistics of everything searched together. */
  statistics(terms: Iterable<string>): CorpusStatistics {
    const frequencies = new Map<string, number>();
    for (const term of terms) frequencies.set(term, this.frequency(this.terms.find(keyOfTerm(term))));
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
      const number = this.terms.find(keyOfTerm(term));
      if (number >= 0) this.accumulate(this.postings.of(number), weight, averageLength, touched);
    }
    return this.collect(touched, limit);
  }

  /**
   * The same documents without the postings of dead ones; they have the slots 0, 1, 2 ... in their former order. This
   * index may be searched meanwhile, but not changed.
   * @throws AbortError when the breather is stopped
   */
  async compacted(breather: Breather): Promise<InvertedIndex> {
    const copy = new InvertedIndex();
    const moved = new Uint32Array(this.slots);
    for (let slot = 0; slot < this.slots; slot += 1) {
      if (this.isDead[slot]) continue;
      const target = copy.takeSlot(this.lengths[slot] ?? 0);
      copy.reveal(target);
      moved[slot] = target;
    }
    for (let number = 0; number < this.terms.size; number += 1) {
      this.copyTerm(number, copy, moved);
      await breather.pause();
    }
    return copy;
  }

  /** Numbers of the distinct terms, in the order they first come; how often each comes is in the scratch. */
  private countEach(terms: TermKeys): number[] {
    const distinct: number[] = [];
    for (let at = 0; at < terms.length; at += 2) {
      const number = this.terms.intern(terms[at] ?? 0, terms[at + 1] ?? 0);
      if (number >= this.counts.length) this.counts = grown(this.counts, number + 1);
      const count = this.counts[number] ?? 0;
      if (count === 0) distinct.push(number);
      this.counts[number] = count + 1;
    }
    return distinct;
  }

  private copyTerm(number: number, copy: InvertedIndex, moved: Uint32Array): void {
    const { low, high } = this.terms.keyOf(number);
    for (const posting of this.postings.of(number)) {
      const slot = slotOf(posting);
      if (this.isDead[slot]) continue;
      copy.postings.append(copy.terms.intern(low, high), moved[slot] ?? 0, frequencyOf(posting));
    }
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
      if (!this.isDead[slot]) top.offer(slot, this.scores[slot] ?? 0);
      this.scores[slot] = 0;
    }
    return top.sorted();
  }

  /** Documents that hold the term: dead ones would make every word look more common than it is. */
  private frequency(number: number): number {
    if (number < 0) return 0;
    if (this.dead === 0) return this.postings.lengthOf(number);
    const known = this.frequencies.get(number);
    if (known !== undefined) return known;
    let live = 0;
    for (const posting of this.postings.of(number)) live += this.isDead[slotOf(posting)] ? 0 : 1;
    this.frequencies.set(number, live);
    return live;
  }

  /** Of a document that is not there yet. */
  private takeSlot(length: number): number {
    if (this.slots >= MAX_SLOTS) throw new RangeError(`An inverted index holds at most ${MAX_SLOTS} documents`);
    const slot = this.slots;
    this.slots += 1;
    this.lengths = grown(this.lengths, this.slots);
    this.isDead = grown(this.isDead, this.slots);
    this.scores = grown(this.scores, this.slots);
    this.lengths[slot] = length;
    this.isDead[slot] = 1;
    this.dead += 1;
    return slot;
  }
}
