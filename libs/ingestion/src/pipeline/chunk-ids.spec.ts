import fc from 'fast-check';

import { chunkIdOf, parseVectorId, vectorIdOf } from './chunk-ids';

const DOCUMENT = '0b9f6e0e-7c1c-4a5e-9b4a-2f6f3d1f8a10';

describe('Chunk ids', () => {
  it('are the same for the same chunk and stay so for ever', () => {
    expect(chunkIdOf(DOCUMENT, 1, 0)).toBe(chunkIdOf(DOCUMENT, 1, 0));
    expect(chunkIdOf(DOCUMENT, 1, 0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differ for different chunks', () => {
    const ids = [1, 2].flatMap((generation) => [0, 1, 2].map((ordinal) => chunkIdOf(DOCUMENT, generation, ordinal)));
    expect(new Set(ids).size).toBe(6);
  });

  it('of vectors are read back as they were made', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), fc.nat(), (documentId, generation, ordinal) => {
        const id = vectorIdOf(documentId, generation, ordinal);
        expect(parseVectorId(id)).toEqual({ documentId, generation, ordinal });
      }),
    );
    expect(parseVectorId('anything else')).toBeUndefined();
  });
});
