import { grown } from './typed-arrays';

/** A document of the index and where its passages are: one after the other, as they were put. */
export interface IndexedDocument {
  readonly id: string;
  readonly generation: number;
  readonly first: number;
  readonly count: number;
}

/** One reference, estimated: the arrays are counted exactly. */
const REFERENCE_BYTES = 8;

/** Which passage each slot of an index is. */
export class PassageTable {
  private readonly documents: (IndexedDocument | undefined)[] = [];
  private ordinals = new Uint32Array(256);
  private languages = new Uint8Array(256);

  /** @param languageNames the languages met so far; grows */
  constructor(private readonly languageNames: string[] = []) {}

  get bytes(): number {
    return this.documents.length * REFERENCE_BYTES + this.ordinals.byteLength + this.languages.byteLength;
  }

  /** Number of slots, those of removed passages included. */
  get size(): number {
    return this.documents.length;
  }

  /** @returns its slot, one more than the last; it belongs to no document yet */
  add(ordinal: number, language: string): number {
    const slot = this.documents.push(undefined) - 1;
    this.ordinals = grown(this.ordinals, slot + 1);
    this.languages = grown(this.languages, slot + 1);
    this.ordinals[slot] = ordinal;
    this.languages[slot] = this.numberOf(language);
    return slot;
  }

  assign(slot: number, document: IndexedDocument): void {
    this.documents[slot] = document;
  }

  remove(slot: number): void {
    this.documents[slot] = undefined;
  }

  documentOf(slot: number): IndexedDocument | undefined {
    return this.documents[slot];
  }

  ordinalOf(slot: number): number {
    return this.ordinals[slot] ?? 0;
  }

  languageOf(slot: number): string {
    return this.languageNames[this.languages[slot] ?? 0] ?? '';
  }

  /** There are fewer languages than a byte can number. */
  private numberOf(language: string): number {
    const known = this.languageNames.indexOf(language);
    return known >= 0 ? known : this.languageNames.push(language) - 1;
  }
}
