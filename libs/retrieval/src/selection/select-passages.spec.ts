import fc from 'fast-check';

import { fingerprintOf } from '#libs/ingestion';
import { passage } from '#test/retrieval/passages';

import type { LivePassage } from '../search/live-passages';
import { selectBest, selectDistinct } from './select-passages';

const PAGE =
  'Le télétravail est ouvert à tous les salariés dont les tâches le permettent. La demande se fait par écrit auprès du ' +
  'responsable, qui répond sous quinze jours. Le refus est motivé. Les frais de connexion sont remboursés chaque mois sur ' +
  'présentation de la facture, dans la limite du forfait. Le matériel reste la propriété de la société et lui est rendu à la fin.';

const said = (key: string, text: string, documentId = `document-${key}`): LivePassage =>
  passage(key, { text, documentId, fingerprint: fingerprintOf(text).toString() });

const keys = (passages: readonly LivePassage[]) => passages.map(({ key }) => key);

/** @param reorder what a reranker makes of the order */
const selectPassages = (
  candidates: readonly string[],
  live: readonly LivePassage[],
  limit: number,
  { wanted = live.length + 1, reorder = (all: readonly LivePassage[]) => all } = {},
) => {
  const distinct = selectDistinct(candidates, live, wanted);
  const best = selectBest(reorder(distinct.kept), distinct.kept, limit);
  return { kept: best.kept, losses: [...distinct.losses, ...best.losses] };
};
const select = (all: readonly LivePassage[], limit: number) => selectPassages(keys(all), all, limit);

describe('selectPassages', () => {
  describe('near duplicates', () => {
    it('shows one edition of a page in which a word was mended, and says which', () => {
      const mended = PAGE.replace('auprès du responsable', 'auprès de son responsable');
      const { kept, losses } = select([said('old', PAGE), said('new', mended)], 8);
      expect(keys(kept)).toEqual(['old']);
      expect(losses).toEqual([{ key: 'new', stage: 'near_duplicate', to: 'old' }]);
    });

    it.each([
      ['a number', 'sous quinze jours', 'sous 45 jours'],
      ['a name', 'auprès du responsable', 'auprès de Martin'],
      ['a negation', 'Les frais de connexion sont', 'Les frais de connexion ne sont pas'],
    ])('shows both where they differ in %s', (_, before, after) => {
      expect(keys(select([said('one', PAGE), said('other', PAGE.replace(before, after))], 8).kept)).toEqual([
        'one',
        'other',
      ]);
    });

    it('compares nothing without fingerprints', () => {
      const older = [passage('a', { text: PAGE }), passage('b', { text: `${PAGE} Voilà.` })];
      expect(keys(select(older, 8).kept)).toEqual(['a', 'b']);
    });
  });

  describe('diversity', () => {
    const of = (documentId: string, count: number) =>
      Array.from({ length: count }, (_, at) => said(`${documentId}${at}`, `Règle ${documentId} ${at}`, documentId));

    it('gives the last place to another document when one would take all', () => {
      const { kept, losses } = select([...of('a', 6), ...of('b', 2)], 4);
      expect(keys(kept)).toEqual(['a0', 'a1', 'a2', 'b0']);
      expect(losses).toContainEqual({ key: 'a3', stage: 'diversity', to: 'b0' });
      expect(losses.filter(({ stage }) => stage === 'limit').map(({ key }) => key)).toEqual(['a4', 'a5', 'b1']);
    });

    it('leaves all places to a document that is the only one', () => {
      expect(keys(select(of('a', 6), 4).kept)).toEqual(['a0', 'a1', 'a2', 'a3']);
    });

    it('changes nothing where another document stands among the first already, or places are few', () => {
      expect(keys(select([...of('a', 2), ...of('b', 1), ...of('a', 6).slice(2)], 4).kept)).toEqual([
        'a0',
        'a1',
        'b0',
        'a2',
      ]);
      expect(keys(select([...of('a', 4), ...of('b', 1)], 2).kept)).toEqual(['a0', 'a1']);
    });
  });

  it('says of each candidate once what became of it, and keeps the order of the rest', () => {
    const drawn = fc.array(
      fc.record({ document: fc.integer({ max: 3, min: 0 }), text: fc.integer({ max: 5, min: 0 }) }),
      {
        maxLength: 25,
      },
    );
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 10 }), fc.array(fc.nat(24)), (all, limit, gone) => {
        const candidates = all.map(({ document, text }, at) => said(`${at}`, `${PAGE} ${text}`, `d${document}`));
        const live = candidates.filter((_, at) => !gone.includes(at));
        const { kept, losses } = selectPassages(keys(candidates), live, limit);
        const told = [...keys(kept), ...losses.map(({ key }) => key)];
        expect(told.toSorted()).toEqual(keys(candidates).toSorted());
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(kept.length > 0).toBe(live.length > 0);
        expect(kept[0]).toBe(live[0]);
      }),
    );
  });

  it('tells who lost a place to the reranker from who had none', () => {
    const all = ['a', 'b', 'c', 'd'].map((key) => said(key, `Une règle ${key}.`));
    const { kept, losses } = selectPassages(keys(all), all, 2, { reorder: (passages) => passages.toReversed() });
    expect(keys(kept)).toEqual(['d', 'c']);
    expect(losses).toEqual([
      { key: 'b', stage: 'reranking' },
      { key: 'a', stage: 'reranking' },
    ]);
    const fewer = selectPassages(keys(all), all, 1, { reorder: ([a, b, c, d]) => [b!, a!, c!, d!] });
    expect(fewer.losses.map(({ key, stage }) => `${key} ${stage}`)).toEqual(['a reranking', 'c limit', 'd limit']);
  });

  it('tells what the index knows and the database no longer from what was not looked up', () => {
    const live = [said('b', 'Une règle.'), said('d', 'Une autre.')];
    const { losses } = selectPassages(['a', 'b', 'c', 'd', 'e'], live, 5, { wanted: 2 });
    expect(losses).toEqual([
      { key: 'a', stage: 'stale' },
      { key: 'c', stage: 'stale' },
      { key: 'e', stage: 'limit' },
    ]);
  });
});
