import type { VectorRecord } from '../vector-store';

/**
 * Bytes of floats in one request: about 680 vectors of 768. Chroma refuses bodies over 40 MB, and replacing a stored
 * vector costs up to 16 ms (measured), so a larger batch of replacements would outlive the write timeout.
 */
const MAX_BATCH_BYTES = 2 * 1024 * 1024;

/** Cuts records into requests the server accepts: at most `maxRecords` each and bounded bytes. */
export function* batches(records: readonly VectorRecord[], maxRecords: number): Generator<readonly VectorRecord[]> {
  const bytes = records[0]?.vector.byteLength ?? 1;
  const size = Math.max(1, Math.min(maxRecords, Math.floor(MAX_BATCH_BYTES / bytes)));
  for (let from = 0; from < records.length; from += size) yield records.slice(from, from + size);
}

/** A repeated id means its last vector; Chroma refuses a request that repeats one. */
export const lastOfEachId = (records: readonly VectorRecord[]): VectorRecord[] => [
  ...new Map(records.map((record) => [record.id, record])).values(),
];
