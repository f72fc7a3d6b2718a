import { setTimeout as sleep } from 'node:timers/promises';

import { LexicalIndexOptions } from '#libs/retrieval';

import { InProcessLexicalIndex } from '../../libs/retrieval/src/lexical/in-process-lexical-index';
import { LexicalFollower } from '../../libs/retrieval/src/lexical/lexical-follower';
import { LexicalRows } from '../../libs/retrieval/src/lexical/lexical-rows';

import { openKnowledge, type CollectionFixture, type Knowledge, type OpenKnowledge } from './knowledge';

/** Counts how often documents are read, to see what is shared. */
class CountingRows extends LexicalRows {
  reads = 0;

  override changedDocuments(...wanted: Parameters<LexicalRows['changedDocuments']>) {
    this.reads += 1;
    return super.changedDocuments(...wanted);
  }
}

describe('InProcessLexicalIndex on PostgreSQL', () => {
  let opened: OpenKnowledge;
  let knowledge: Knowledge;
  let collection: CollectionFixture;
  let rows: CountingRows;
  let index: InProcessLexicalIndex;

  /** By words alone: 4-grams find a little of everything. */
  const open = (options: Partial<LexicalIndexOptions> = {}) =>
    new InProcessLexicalIndex(rows, new LexicalIndexOptions({ grams: false, ...options }));
  const search = async (question: string, where = index, collections = [collection]) => {
    const searched = await Promise.all(
      collections.map(async ({ id }) => ({ id, revision: await knowledge.revision(id) })),
    );
    return (await where.search(searched, question, 20)).map(({ id }) => id);
  };

  beforeAll(async () => {
    opened = await openKnowledge();
    ({ knowledge } = opened);
  });

  afterAll(async () => {
    await opened.close();
  });

  beforeEach(async () => {
    collection = await knowledge.collection(await knowledge.user());
    rows = new CountingRows(knowledge.uow);
    index = open();
  });

  it('finds nothing in an empty collection, nor among no collections', async () => {
    expect(await search('congés')).toEqual([]);
    expect(await search('congés', index, [])).toEqual([]);
  });

  it('finds passages by the words of their text, their headings and their title', async () => {
    const document = await knowledge.document(
      collection,
      ['Un jour est accordé.', { text: 'Deux jours.', heading: ['Absences', 'Mariage'] }],
      'Guide des congés',
    );
    expect(await search('mariage')).toEqual([`${document}:1:1`]);
    expect((await search('guide des congés')).toSorted()).toEqual([`${document}:1:0`, `${document}:1:1`]);
  });

  it('sees what was added, replaced and deleted since the last search', async () => {
    const first = await knowledge.document(collection, ['le tracteur rouge']);
    expect(await search('tracteur')).toEqual([`${first}:1:0`]);
    const second = await knowledge.document(collection, ['le tracteur vert']);
    expect((await search('tracteur')).toSorted()).toEqual([`${first}:1:0`, `${second}:1:0`].toSorted());
    await knowledge.publish(collection, first, ['la moissonneuse', 'le tracteur bleu']);
    expect((await search('tracteur')).toSorted()).toEqual([`${first}:2:1`, `${second}:1:0`].toSorted());
    await knowledge.delete(collection.id, second);
    expect(await search('tracteur')).toEqual([`${first}:2:1`]);
  });

  it('gives every process the same answer after any change', async () => {
    const other = open();
    const document = await knowledge.document(collection, ['une phrase sur les baleines']);
    await Promise.all([search('baleines'), search('baleines', other)]);
    await knowledge.publish(collection, document, ['une phrase sur les requins']);
    for (const process of [index, other, open()]) {
      expect(await search('baleines', process)).toEqual([]);
      expect(await search('requins', process)).toEqual([`${document}:2:0`]);
    }
  });

  it('does not see a change that was rolled back', async () => {
    const document = await knowledge.document(collection, ['la version publiée']);
    await search('version');
    const failure = knowledge.uow.run(async () => {
      await knowledge.publish(collection, document, ['le brouillon secret']);
      throw new Error('rolled back');
    });
    await expect(failure).rejects.toThrow('rolled back');
    expect(await search('brouillon')).toEqual([]);
    expect(await search('version')).toEqual([`${document}:1:0`]);
  });

  it('shows the former generation while a document is ingested again, and nothing before the first', async () => {
    const document = await knowledge.document(collection, ['la version publiée']);
    await knowledge.uow.query(`UPDATE document SET status = 'embedding' WHERE id = $1`, [document]);
    expect(await search('version')).toEqual([`${document}:1:0`]);
    await knowledge.uow.query(`UPDATE document SET generation = 0 WHERE id = $1`, [document]);
    expect(await search('version', open())).toEqual([]);
  });

  it('forgets a document that was deleted and purged between two searches', async () => {
    const document = await knowledge.document(collection, ['les archives de 1998']);
    const kept = await knowledge.document(collection, ['les archives de 1999']);
    expect(await search('archives')).toHaveLength(2);
    await knowledge.delete(collection.id, document);
    await knowledge.purge(document);
    expect(await search('archives')).toEqual([`${kept}:1:0`]);
  });

  it('finds what a count tells it is missing', async () => {
    const document = await knowledge.document(collection, ['les archives de 1998']);
    await search('archives');
    await knowledge.uow.query(`UPDATE document SET revision = 0 WHERE id = $1`, [document]);
    const lost = await knowledge.document(collection, ['les archives perdues']);
    await knowledge.uow.query(`UPDATE document SET revision = 0 WHERE id = $1`, [lost]);
    expect((await search('archives')).toSorted()).toEqual([`${document}:1:0`, `${lost}:1:0`].toSorted());
  });

  it('loads once for searches that come together', async () => {
    await knowledge.document(collection, ['une seule lecture']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => search('lecture')));
    expect(answers.every((hits) => hits.length === 1)).toBe(true);
    const { reads } = rows;
    expect(reads).toBe(2);
    await search('lecture');
    expect(rows.reads).toBe(reads);
  });

  it('tries again after a load that failed', async () => {
    const document = await knowledge.document(collection, ['la panne passagère']);
    const broken = jest.spyOn(rows, 'changedDocuments').mockRejectedValueOnce(new Error('connection lost'));
    await expect(search('panne')).rejects.toThrow('connection lost');
    expect(await search('panne')).toEqual([`${document}:1:0`]);
    broken.mockRestore();
  });

  it('searches several collections as one, and only those it is given', async () => {
    const other = await knowledge.collection(await knowledge.user());
    const here = await knowledge.document(collection, ['le dossier Omega est ici']);
    const there = await knowledge.document(other, ['le dossier Omega est là']);
    expect(await search('Omega', index, [collection])).toEqual([`${here}:1:0`]);
    expect(await search('Omega', index, [other])).toEqual([`${there}:1:0`]);
    expect((await search('Omega', index, [collection, other])).toSorted()).toEqual(
      [`${here}:1:0`, `${there}:1:0`].toSorted(),
    );
  });

  it('lets go of the collections not asked for longest, and loads them again when asked', async () => {
    const small = open({ maxBytes: 1 });
    const other = await knowledge.collection(await knowledge.user());
    const here = await knowledge.document(collection, ['le dossier Omega']);
    await knowledge.document(other, ['le dossier Sigma']);
    await search('Omega', small, [collection, other]);
    const both = small.bytes;
    await search('Sigma', small, [other]);
    expect(small.bytes).toBeLessThan(both);
    expect(await search('Omega', small, [collection])).toEqual([`${here}:1:0`]);
  });

  it('reads collections larger than its pages', async () => {
    const many = await knowledge.collection(await knowledge.user());
    await knowledge.uow.query(
      `INSERT INTO document (id, organization_id, collection_id, filename, title, media_type, size_bytes, content_hash,
                             storage_key, status, generation, revision)
       SELECT gen_random_uuid(), $1, $2, 'f', 'T' || n, 'text/plain', 1, n, n, 'ready', 1, 1 FROM generate_series(1, 1203) n`,
      [many.organizationId, many.id],
    );
    await knowledge.uow.query(
      `INSERT INTO chunk (id, organization_id, document_id, collection_id, generation, ordinal, start_offset, end_offset,
                          text, token_count, language)
       SELECT gen_random_uuid(), organization_id, id, collection_id, 1, n, n, n + 1, 'mot' || n || ' commun', 1, 'fr'
         FROM document CROSS JOIN generate_series(0, 2) n WHERE collection_id = $1`,
      [many.id],
    );
    await knowledge.uow.query('UPDATE collection SET revision = 1 WHERE id = $1', [many.id]);
    const hits = await index.search([{ id: many.id, revision: 1 }], 'mot2', 10_000);
    expect(hits).toHaveLength(1203);
    expect(await index.search([{ id: many.id, revision: 1 }], 'commun', 10_000)).toHaveLength(3609);
  });

  it('sweeps out what many deletions left, while it answers', async () => {
    const kept = await knowledge.document(collection, ['le dossier qui reste']);
    const texts = Array.from({ length: 500 }, (_, n) => `le dossier ${n}`);
    const gone = [await knowledge.document(collection, texts), await knowledge.document(collection, texts)];
    expect(await search('dossier')).toHaveLength(20);
    const { bytes } = index;
    for (const document of gone) await knowledge.delete(collection.id, document);
    expect(await search('dossier')).toEqual([`${kept}:1:0`]);
    for (let round = 0; round < 100 && index.bytes >= bytes; round += 1) await sleep(20);
    expect(index.bytes).toBeLessThan(bytes);
    const added = await knowledge.document(collection, ['le dossier nouveau']);
    expect((await search('dossier')).toSorted()).toEqual([`${added}:1:0`, `${kept}:1:0`].toSorted());
  });

  it('also ranks by character 4-grams, as the product does', async () => {
    const tolerant = new InProcessLexicalIndex(rows, new LexicalIndexOptions());
    const document = await knowledge.document(collection, ['Remboursement des déplacements', 'Horaires de la cantine']);
    expect((await search('rembourssement', tolerant))[0]).toBe(`${document}:1:0`);
    expect(await search('rembourssement')).toEqual([]);
    await knowledge.delete(collection.id, document);
    expect(await search('rembourssement', tolerant)).toEqual([]);
  });

  describe('LexicalFollower', () => {
    it('loads before the first question, so that it reads nothing any more', async () => {
      const document = await knowledge.document(collection, ['la question attendue']);
      const follower = new LexicalFollower(index, rows);
      follower.onApplicationBootstrap();
      await untilQuiet(() => index.bytes);
      const { reads } = rows;
      expect(await search('question attendue')).toContain(`${document}:1:0`);
      expect(rows.reads).toBe(reads);
      await follower.beforeApplicationShutdown();
    });

    it('reads what changes later too, in every process that follows', async () => {
      const [here, there] = [open(), open()];
      const followers = [here, there].map((process) => new LexicalFollower(process, rows));
      for (const follower of followers) follower.onApplicationBootstrap();
      await knowledge.document(collection, ['la question attendue']);
      const revision = await knowledge.revision(collection.id);
      for (let round = 0; round < 200; round += 1) {
        if ([here, there].every((process) => process.isCurrent({ id: collection.id, revision }))) break;
        await sleep(50);
      }
      const { reads } = rows;
      for (const process of [here, there]) expect(await search('question attendue', process)).toHaveLength(1);
      expect(rows.reads).toBe(reads);
      for (const follower of followers) await follower.beforeApplicationShutdown();
    });

    it('stops at the memory bound', async () => {
      await knowledge.document(collection, ['la question attendue']);
      await knowledge.document(await knowledge.collection(await knowledge.user()), ['une autre']);
      const follower = new LexicalFollower(open({ maxBytes: 1 }), rows);
      follower.onApplicationBootstrap();
      await untilQuiet(() => rows.reads);
      expect(rows.reads).toBe(2);
      await follower.beforeApplicationShutdown();
    });

    it('gives up quietly when the process stops, and when the database does not answer', async () => {
      await knowledge.document(collection, ['la question attendue']);
      const stopped = new LexicalFollower(index, rows);
      stopped.onApplicationBootstrap();
      await expect(stopped.beforeApplicationShutdown()).resolves.toBeUndefined();
      jest.spyOn(rows, 'collections').mockRejectedValueOnce(new Error('connection lost'));
      const broken = new LexicalFollower(open(), rows);
      broken.onApplicationBootstrap();
      await expect(broken.beforeApplicationShutdown()).resolves.toBeUndefined();
    });
  });
});

/** Waits until a figure has grown and stands still; bounded. */
const untilQuiet = async (figure: () => number): Promise<void> => {
  let last = 0;
  for (let round = 0; round < 100; round += 1) {
    await sleep(50);
    if (last > 0 && figure() === last) return;
    last = figure();
  }
};
