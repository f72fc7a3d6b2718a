import { fuseLegs } from './fuse-legs';

const BUILTIN = 'builtin:hashed-ngrams-v1';
const TRAINED = 'ollama:bge-m3';
const lexical = (id: string, score: number, collectionId = 'c1') => ({ id, score, collectionId });
const ids = (hits: readonly { id: string }[]) => hits.map(({ id }) => id);

describe('fuseLegs', () => {
  const words = [lexical('w1', 9), lexical('both', 8.5), lexical('w3', 1)];
  const meaning = [
    { id: 'm1', score: 0.9 },
    { id: 'both', score: 0.8 },
    { id: 'm3', score: 0.2 },
  ];

  it('carries the score of each leg beside the fused one', () => {
    const fused = fuseLegs([{ embeddingModel: TRAINED, hits: meaning }], words, () => TRAINED);
    expect(fused[0]).toMatchObject({ id: 'both', scores: { dense: 0.8, lexical: 8.5 } });
    expect(fused.find(({ id }) => id === 'w1')?.scores).toEqual({ dense: null, lexical: 9 });
    expect(fused.find(({ id }) => id === 'm1')?.scores).toEqual({ dense: 0.9, lexical: null });
  });

  it('follows the words when the vectors are hashed words themselves', () => {
    const fused = fuseLegs([{ embeddingModel: BUILTIN, hits: meaning }], words, () => BUILTIN);
    expect(ids(fused).slice(0, 2).toSorted()).toEqual(['both', 'w1']);
  });

  it('gives a leg that is alone the whole score', () => {
    expect(fuseLegs([], words, () => undefined)[0]).toMatchObject({ id: 'w1', score: 1 });
    expect(fuseLegs([{ embeddingModel: BUILTIN, hits: meaning }], [], () => BUILTIN)[0]).toMatchObject({ score: 1 });
  });

  it('counts words in full where the vectors of a collection could not be searched', () => {
    const found = [lexical('here', 9, 'searched'), lexical('there', 9, 'failed'), lexical('last', 1, 'searched')];
    const modelOf = (collectionId: string) => (collectionId === 'searched' ? TRAINED : undefined);
    const fused = fuseLegs([{ embeddingModel: TRAINED, hits: [] }], found, modelOf);
    expect(fused[0]).toMatchObject({ id: 'there', score: 1 });
    expect(fused[1]).toMatchObject({ id: 'here', score: 0.5 });
  });

  it('scales each model by itself', () => {
    const legs = [
      {
        embeddingModel: TRAINED,
        hits: [
          { id: 'a', score: 0.9 },
          { id: 'b', score: 0.8 },
        ],
      },
      {
        embeddingModel: 'ollama:other',
        hits: [
          { id: 'c', score: 0.3 },
          { id: 'd', score: 0.1 },
        ],
      },
    ];
    const fused = fuseLegs(legs, [], () => TRAINED);
    expect(ids(fused).slice(0, 2)).toEqual(['a', 'c']);
  });
});
