import { vectorIdOf } from '#libs/ingestion';

import { LivePassages } from '../../libs/retrieval/src/search/live-passages';
import { openKnowledge, type OpenKnowledge } from './knowledge';

const LIMIT = 3;

describe('The live passages', () => {
  let open: OpenKnowledge;
  beforeAll(async () => {
    open = await openKnowledge();
  });
  afterAll(() => open.close());

  it.each([0, 1, 12, 40])(
    'are as many as asked for, in the order asked, when %i better ones are gone',
    async (gone) => {
      const { knowledge } = open;
      const caller = await knowledge.user();
      const collection = await knowledge.collection(caller);
      const texts = (count: number, name: string): string[] =>
        Array.from({ length: count }, (_, at) => `${name} ${at}`);
      const deleted = await knowledge.document(collection, texts(40, 'ancien'));
      await knowledge.delete(collection.id, deleted);
      const kept = await knowledge.document(collection, texts(40, 'actuel'));

      const stale = Array.from({ length: gone }, (_, at) => vectorIdOf(deleted, 1, at));
      const keys = [...stale, ...[7, 2, 5, 1].map((ordinal) => vectorIdOf(kept, 1, ordinal))];
      const found = await new LivePassages(knowledge.uow).load(keys, caller, [collection.id], LIMIT);
      expect(found.map(({ text }) => text)).toEqual(['actuel 7', 'actuel 2', 'actuel 5']);
    },
  );

  it('are found on both sides of the first look', async () => {
    const { knowledge } = open;
    const caller = await knowledge.user();
    const collection = await knowledge.collection(caller);
    const gone = await knowledge.document(collection, ['a']);
    await knowledge.delete(collection.id, gone);
    const kept = await knowledge.document(collection, ['premier', 'second']);
    const stale = Array.from({ length: 30 }, (_, at) => vectorIdOf(gone, 1, at));
    const keys = [vectorIdOf(kept, 1, 0), ...stale, vectorIdOf(kept, 1, 1)];
    const found = await new LivePassages(knowledge.uow).load(keys, caller, [collection.id], LIMIT);
    expect(found.map(({ text }) => text)).toEqual(['premier', 'second']);
  });
});
