import { inverseDocumentFrequency } from '../../libs/retrieval/src/lexical/bm25';
import type { LexicalIndex } from '../../libs/retrieval/src/lexical/lexical-index';
import type { CollectionFixture, Knowledge, PassageFixture } from '../retrieval/knowledge';

/** A generation of a document, as ingestion knows it. */
export interface Generation {
  readonly collection: CollectionFixture;
  readonly documentId: string;
  readonly generation: number;
  readonly title: string;
}

export interface LexicalIndexHarness {
  /** The adapter under test; each is another process. */
  readonly open: (knowledge: Knowledge) => LexicalIndex;
  /** What ingestion does beside the rows when a generation is written or changed. */
  readonly write: (knowledge: Knowledge, generation: Generation) => Promise<void>;
  /** What it does beside the rows when a generation goes. */
  readonly remove: (knowledge: Knowledge, generation: Generation) => Promise<void>;
}

const TITLE = 'Note';

/** Documents come and go in the rows and beside them. */
export class IndexedKnowledge {
  constructor(
    readonly knowledge: Knowledge,
    private readonly harness: Pick<LexicalIndexHarness, 'write' | 'remove'>,
  ) {}

  async add(
    collection: CollectionFixture,
    passages: readonly (string | PassageFixture)[],
    title = TITLE,
  ): Promise<string> {
    const documentId = await this.knowledge.document(collection, passages, title);
    await this.harness.write(this.knowledge, { collection, documentId, generation: 1, title });
    return documentId;
  }

  async replace(
    collection: CollectionFixture,
    documentId: string,
    generation: number,
    passages: readonly string[],
  ): Promise<void> {
    await this.knowledge.publish(collection, documentId, passages);
    await this.harness.write(this.knowledge, { collection, documentId, generation, title: TITLE });
    await this.harness.remove(this.knowledge, { collection, documentId, generation: generation - 1, title: TITLE });
  }

  async remove(collection: CollectionFixture, documentId: string): Promise<void> {
    await this.knowledge.delete(collection.id, documentId);
    await this.harness.remove(this.knowledge, { collection, documentId, generation: 1, title: TITLE });
  }

  async edit(collection: CollectionFixture, documentId: string, set: string): Promise<void> {
    await this.knowledge.uow.query(`UPDATE chunk SET ${set} WHERE document_id = $1`, [documentId]);
    await this.knowledge.touch(collection.id, documentId);
    await this.harness.write(this.knowledge, { collection, documentId, generation: 1, title: TITLE });
  }

  async searched(collections: readonly CollectionFixture[]) {
    return Promise.all(
      collections.map(async ({ id, organizationId }) => ({
        id,
        organizationId,
        revision: await this.knowledge.revision(id),
      })),
    );
  }
}

/** Every adapter of LexicalIndex passes this suite. */
export const describeLexicalIndex = (name: string, harness: LexicalIndexHarness, opened: () => Knowledge): void => {
  describe(`LexicalIndex contract: ${name}`, () => {
    let indexed: IndexedKnowledge;
    let collection: CollectionFixture;
    let index: LexicalIndex;

    const find = async (question: string, collections = [collection], where = index) =>
      where.search(await indexed.searched(collections), question, 20);
    const ids = async (...asked: Parameters<typeof find>) => (await find(...asked)).map(({ id }) => id);
    const rarity = async (question: string, collections = [collection]) =>
      index.rarity(await indexed.searched(collections), question);

    beforeEach(async () => {
      indexed = new IndexedKnowledge(opened(), harness);
      collection = await opened().collection(await opened().user());
      index = harness.open(opened());
    });

    it('finds nothing in an empty collection, nor among no collections, nor without a word', async () => {
      expect(await ids('congés')).toEqual([]);
      expect(await ids('congés', [])).toEqual([]);
      await indexed.add(collection, ['Un jour.']);
      expect(await ids('?')).toEqual([]);
      expect((await rarity('congés', [])).get('cong')).toBe(inverseDocumentFrequency(0, 0));
    });

    it('finds passages by the words of their text, their headings and their title', async () => {
      const passages = ['Un jour est accordé.', { text: 'Deux jours.', heading: ['Absences', 'Mariage'] }];
      const document = await indexed.add(collection, passages, 'Guide des congés');
      const [first] = await find('mariage');
      expect(first).toEqual({
        id: `${document}:1:1`,
        collectionId: collection.id,
        score: expect.any(Number) as number,
      });
      expect((await ids('guide des congés')).toSorted()).toEqual([`${document}:1:0`, `${document}:1:1`]);
    });

    it('finds inflected words of either language, accents and elisions or not, and forgives typing mistakes', async () => {
      const french = await indexed.add(collection, ['L’été, des congés annuels sont accordés.', 'La cantine ferme.']);
      const english = await indexed.add(collection, [
        { text: 'Employees are granted annual leave.', language: 'en' },
        { text: 'The canteen closes at noon.', language: 'en' },
      ]);
      for (const [question, expected] of [
        ['Comment accorder un conge d’ete ?', `${french}:1:0`],
        ['How is leave granted to an employee?', `${english}:1:0`],
        ['When does the canteen close?', `${english}:1:1`],
        ['cantyne ferne', `${french}:1:1`],
      ]) {
        expect((await ids(question!))[0]).toBe(expected);
      }
    });

    it('gives as many as it is asked for, best first', async () => {
      await indexed.add(
        collection,
        Array.from({ length: 30 }, (_, n) => `le dossier numéro ${n}`),
      );
      const searched = await indexed.searched([collection]);
      const hits = await index.search(searched, 'dossier 7', 5);
      expect(hits).toHaveLength(5);
      expect(hits[0]?.id).toMatch(/:7$/);
      expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
      expect(await index.search(searched, 'dossier 7', 0)).toEqual([]);
    });

    it('searches several collections as one, and only those it is given', async () => {
      const other = await opened().collection({ ...(await opened().user(collection.organizationId)) });
      const here = await indexed.add(collection, ['le dossier Omega est ici']);
      const there = await indexed.add(other, ['le dossier Omega est là']);
      expect(await ids('Omega')).toEqual([`${here}:1:0`]);
      expect(await ids('Omega', [other])).toEqual([`${there}:1:0`]);
      expect((await ids('Omega', [collection, other])).toSorted()).toEqual([`${here}:1:0`, `${there}:1:0`].toSorted());
    });

    it('shows every process what was added, replaced, edited, disabled and deleted', async () => {
      const processes = [index, harness.open(opened())];
      const expectAll = async (question: string, expected: readonly string[]) => {
        for (const process of processes) {
          expect((await ids(question, [collection], process)).toSorted()).toEqual([...expected].toSorted());
        }
      };
      const first = await indexed.add(collection, ['tracteur rouge']);
      await expectAll('tracteur', [`${first}:1:0`]);
      const second = await indexed.add(collection, ['tracteur vert']);
      await expectAll('tracteur', [`${first}:1:0`, `${second}:1:0`]);
      await indexed.replace(collection, first, 2, ['moissonneuse', 'tracteur bleu']);
      await expectAll('tracteur', [`${first}:2:1`, `${second}:1:0`]);
      await indexed.edit(collection, second, `search_text = 'pommes'`);
      await expectAll('tracteur', [`${first}:2:1`]);
      await expectAll('pommes', [`${second}:1:0`]);
      await indexed.edit(collection, second, 'is_disabled = true');
      await expectAll('pommes', []);
      await indexed.edit(collection, second, 'is_disabled = false, search_text = NULL');
      await expectAll('tracteur', [`${first}:2:1`, `${second}:1:0`]);
      await indexed.remove(collection, second);
      await expectAll('tracteur', [`${first}:2:1`]);
    });

    it('counts rarity over what is searched alone, each word in all its languages', async () => {
      const texts = [
        { text: 'Le portail des congés', language: 'fr' },
        { text: 'Les congés payés', language: 'fr' },
        { text: 'Congés is a French word', language: 'en' },
        { text: 'The portal is open', language: 'en' },
      ];
      await indexed.add(collection, texts);
      const other = await opened().collection(await opened().user(collection.organizationId));
      await indexed.add(
        other,
        Array.from({ length: 9 }, () => 'Le portail des congés'),
      );
      const alone = await rarity('Où poser des congés dans le portail ?');
      expect(alone.get('cong')).toBe(inverseDocumentFrequency(4, 3));
      expect(alone.get('portail')).toBe(inverseDocumentFrequency(4, 1));
      expect(alone.get('pos')).toBe(inverseDocumentFrequency(4, 0));
      const together = await rarity('Des congés dans le portail ?', [collection, other]);
      expect(together.get('cong')).toBe(inverseDocumentFrequency(13, 12));
      expect(together.get('portail')).toBe(inverseDocumentFrequency(13, 10));
    });

    it('ranks by rarity in what is searched, whatever others have, in the same organization and elsewhere', async () => {
      const texts = ['budget commun', 'budget commun', 'budget commun', 'budget révisé', 'annexe révisé'];
      const document = await indexed.add(collection, texts);
      const before = await find('annexe budget');
      expect(before[0]?.id).toBe(`${document}:1:4`);
      for (const stranger of [await opened().user(collection.organizationId), await opened().user()]) {
        await indexed.add(
          await opened().collection(stranger),
          Array.from({ length: 20 }, () => 'annexe'),
        );
      }
      expect(await find('annexe budget')).toEqual(before);
    });

    it('lets a word weigh as it is rare over all languages, not in one that few passages speak', async () => {
      const same = ['fr', 'en'].map((language) => ({ text: 'visa alpha', language }));
      const others = Array.from({ length: 12 }, (_, n) => ({ text: `visa ${'beta '.repeat(n + 1)}`, language: 'fr' }));
      const document = await indexed.add(collection, [...same, ...others]);
      const hits = new Map((await find('visa')).map(({ id, score }) => [id, score]));
      expect(hits.get(`${document}:1:1`)).toBeCloseTo(hits.get(`${document}:1:0`)!, 5);
    });
  });
};
