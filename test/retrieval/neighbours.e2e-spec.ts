import { randomUUID } from 'node:crypto';

import type { Principal } from '#libs/http';
import { chunkIdOf } from '#libs/ingestion';
import { ExpandNeighbours, type SearchHit } from '#libs/retrieval';

import { NeighbourRows } from '../../libs/retrieval/src/neighbours/neighbour-rows';
import { openKnowledge, type CollectionFixture, type Knowledge, type OpenKnowledge } from './knowledge';

const PASSAGES = [
  { text: 'Le guide commence ici.', heading: ['Guide'] },
  { text: 'La demande se fait par écrit.', heading: ['Télétravail'], page: 2 },
  { text: 'Le responsable répond sous quinze jours.', heading: ['Télétravail'] },
  { text: 'Le refus est motivé.', heading: ['Télétravail'] },
  { text: 'Les frais sont remboursés.', heading: ['Frais'] },
] as const;

describe('The passages beside the best hit', () => {
  let opened: OpenKnowledge;
  let knowledge: Knowledge;
  let reader: Principal;
  let collection: CollectionFixture;
  let documentId: string;
  let expand: ExpandNeighbours;

  beforeAll(async () => {
    opened = await openKnowledge();
    ({ knowledge } = opened);
    reader = await knowledge.user();
    collection = await knowledge.collection(reader);
    expand = new ExpandNeighbours(new NeighbourRows(knowledge.uow));
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    documentId = await knowledge.document(collection, PASSAGES);
  });

  /** The passage as a search finds it. */
  const hit = (ordinal: number, generation = 1): SearchHit => {
    const text = PASSAGES[ordinal]?.text ?? '';
    const start = ordinal * 1000;
    return {
      ...{ chunkId: chunkIdOf(documentId, generation, ordinal), documentId, collectionId: collection.id },
      ...{ title: 'Document', start, end: start + text.length, text, score: 1, scores: {} as SearchHit['scores'] },
    };
  };
  const textsBeside = async (hits: readonly SearchHit[], caller = reader): Promise<string[]> =>
    (await expand.execute(caller, hits)).map(({ text }) => text);

  it('are what its section says before and after it, with their own place', async () => {
    expect(await expand.execute(reader, [hit(2)])).toEqual([
      {
        ...{ documentId, collectionId: collection.id, title: 'Document', heading: 'Télétravail', page: 2 },
        ...{ chunkId: chunkIdOf(documentId, 1, 1), start: 1000, end: 1029, text: 'La demande se fait par écrit.' },
        neighbourOf: hit(2).chunkId,
      },
      {
        ...{ documentId, collectionId: collection.id, title: 'Document', heading: 'Télétravail' },
        ...{ chunkId: chunkIdOf(documentId, 1, 3), start: 3000, end: 3020, text: 'Le refus est motivé.' },
        neighbourOf: hit(2).chunkId,
      },
    ]);
  });

  it('end where the section ends', async () => {
    expect(await textsBeside([hit(1)])).toEqual(['Le responsable répond sous quinze jours.']);
    expect(await textsBeside([hit(4)])).toEqual([]);
  });

  it('are not those that were found themselves, nor those beside other hits', async () => {
    expect(await textsBeside([hit(2), hit(3), hit(4)])).toEqual(['La demande se fait par écrit.']);
    expect(await textsBeside([])).toEqual([]);
  });

  it('are nobody’s who may not read the collection', async () => {
    const stranger = await knowledge.user();
    const colleague = await knowledge.user(reader.organizationId);
    expect(await textsBeside([hit(2)], stranger)).toEqual([]);
    expect(await textsBeside([hit(2)], colleague)).toEqual([]);
  });

  it('are none that are disabled, replaced or deleted', async () => {
    await knowledge.uow.query('UPDATE chunk SET is_disabled = true WHERE id = $1', [chunkIdOf(documentId, 1, 1)]);
    expect(await textsBeside([hit(2)])).toEqual(['Le refus est motivé.']);
    await knowledge.publish(collection, documentId, PASSAGES);
    expect(await textsBeside([hit(2)])).toEqual([]);
    expect(await textsBeside([hit(2, 2)])).toHaveLength(2);
    await knowledge.delete(collection.id, documentId);
    expect(await textsBeside([hit(2, 2)])).toEqual([]);
    expect(await textsBeside([{ ...hit(2), chunkId: randomUUID() }])).toEqual([]);
  });
});
