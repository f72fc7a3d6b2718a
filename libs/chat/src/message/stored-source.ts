import type { EvidenceSource } from '../answering/citations/evidence';

/** A retrieved passage as it comes from the search. */
export interface RetrievedSource extends EvidenceSource {
  /** Fused retrieval score, comparable inside one answer only; 0 for a neighbour. */
  readonly score: number;
  /** Chunk of the passage it stands beside; absent for one that was found itself. */
  readonly neighbourOf?: string;
}

/** What is kept of a retrieved passage: where it stands, not what it says. */
export type StoredSource = Omit<RetrievedSource, 'text'>;

export const withoutText = ({ text: _, ...source }: RetrievedSource): StoredSource => source;
