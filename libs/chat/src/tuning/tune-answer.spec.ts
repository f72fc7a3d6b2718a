import type { RetrievedSource } from '../message/stored-source';
import type { AnswerTuning } from './answer-tuning';
import type { AnswerTunings } from './answer-tunings';
import { TuneAnswer } from './tune-answer';

const source = (marker: number, own: Partial<RetrievedSource> = {}): RetrievedSource => ({
  ...{ marker, documentId: `document-${marker}`, chunkId: `chunk-${marker}`, title: 'Document' },
  ...{ start: 0, end: 5, text: 'Texte', score: 1 / marker, ...own },
});

const tuner = (set: AnswerTuning) =>
  new TuneAnswer({ of: (): Promise<AnswerTuning> => Promise.resolve(set) } as unknown as AnswerTunings);

const SOURCES = [source(1), source(2), source(3), source(4, { neighbourOf: 'chunk-1', score: 0 })];

describe('TuneAnswer', () => {
  const chunksOf = async (tune: TuneAnswer, tried?: AnswerTuning): Promise<[number, string][]> => {
    const { sources } = await tune.apply({ sources: SOURCES, degraded: undefined }, tried);
    return sources.map(({ marker, chunkId }) => [marker, chunkId]);
  };

  it('leaves all as it is where nothing is set', async () => {
    expect(await tuner({}).apply({ sources: SOURCES, degraded: undefined }, undefined)).toEqual({
      ...{ sources: SOURCES, leftOut: [], degraded: undefined, minConfidence: undefined },
    });
  });

  it('keeps as many passages as are set, with what stands beside them, numbered without a gap', async () => {
    const expected = [
      [1, 'chunk-1'],
      [2, 'chunk-4'],
    ];
    expect(await chunksOf(tuner({ passages: 1 }))).toEqual(expected);
    expect(await chunksOf(tuner({ passages: 3 }), { passages: 1 })).toEqual(expected);
    const { leftOut } = await tuner({ passages: 1 }).apply({ sources: SOURCES, degraded: undefined }, undefined);
    expect(leftOut).toEqual(['chunk-2', 'chunk-3']);
  });
});
