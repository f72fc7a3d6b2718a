import { createHash } from 'node:crypto';

/** Namespace of our own for name-based UUIDs (RFC 9562, section 5.5); any constant that never changes will do. */
const NAMESPACE = Buffer.from('5f1f6b0c6f0a4f0e9d0b7a1de35c0b42', 'hex');

const asUuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');

/** The vector store's id of a chunk. The same chunk written twice is written once. */
export const vectorIdOf = (documentId: string, generation: number, ordinal: number): string =>
  `${documentId}:${generation}:${ordinal}`;

/** The row's id of a chunk: a UUID of version 5 made of {@link vectorIdOf}. */
export const chunkIdOf = (documentId: string, generation: number, ordinal: number): string => {
  const hash = createHash('sha1')
    .update(NAMESPACE)
    .update(vectorIdOf(documentId, generation, ordinal))
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return asUuid(hash.toString('hex', 0, 16));
};

/** What a vector belongs to. Undefined for an id we did not make. */
export const parseVectorId = (id: string): { documentId: string; generation: number; ordinal: number } | undefined => {
  const [, documentId, generation, ordinal] = /^([0-9a-f-]{36}):(\d+):(\d+)$/.exec(id) ?? [];
  if (documentId === undefined) return undefined;
  return { documentId, generation: Number(generation), ordinal: Number(ordinal) };
};
