import { gramTerms, mergeLanguages, queryTerms } from '#libs/text';

import { Breather } from './breather';
import { CollectionIndex, searchTogether, type IndexedPassage } from './collection-index';

const passages = (language: string, ...texts: string[]): IndexedPassage[] =>
  texts.map((text, ordinal) => ({ ordinal, language, text }));

const ask = (question: string, ...indexes: CollectionIndex[]) => {
  const languages = mergeLanguages(indexes.map((index) => index.languages));
  return searchTogether(indexes, 'words', queryTerms(question, languages), 10).flat();
};
const ids = (hits: readonly { id: string }[]) => hits.map(({ id }) => id);

describe('CollectionIndex', () => {
  it('finds inflected words of either language, whatever surrounds them', () => {
    const index = new CollectionIndex(false);
    index.put('fr', 1, passages('fr', 'Les congés annuels sont accordés en été.', 'La cantine ferme à midi.'));
    index.put('en', 1, passages('en', 'Employees are granted annual leave.', 'The canteen closes at noon.'));
    expect(ids(ask('Comment accorder un congé ?', index))).toEqual(['fr:1:0']);
    expect(ids(ask('How is leave granted to an employee?', index))).toEqual(['en:1:0']);
    expect(ids(ask('When does the canteen close?', index))).toEqual(['en:1:1']);
  });

  it('finds a name across languages', () => {
    const index = new CollectionIndex(false);
    index.put('a', 1, passages('fr', 'Le contrat Zephyrix court deux ans.'));
    index.put('b', 1, passages('en', 'Zephyrix is renewed each year.'));
    expect(ids(ask('Zephyrix', index)).toSorted()).toEqual(['a:1:0', 'b:1:0']);
  });

  it('replaces a document by its new generation and forgets a removed one', () => {
    const index = new CollectionIndex(true);
    index.put('a', 1, passages('fr', 'budget initial', 'annexe'));
    index.put('a', 2, passages('fr', 'budget révisé'));
    expect(ids(ask('budget', index))).toEqual(['a:2:0']);
    expect([index.holds('a', 1), index.holds('a', 2)]).toEqual([false, true]);
    index.remove('a');
    index.remove('a');
    expect(ids(ask('budget', index))).toEqual([]);
    expect([index.size, index.passageCount, index.languages.size]).toEqual([0, 0, 0]);
  });

  it('answers the same after it was compacted, and goes on changing', async () => {
    const index = new CollectionIndex(true);
    const text = (n: number) => [`dossier ${n}`, `annexe du dossier ${n}`];
    for (let n = 0; n < 900; n += 1) index.put(`d${n}`, 1, passages(n % 2 ? 'fr' : 'en', ...text(n)));
    index.put('empty', 1, []);
    for (let n = 0; n < 900; n += 1) if (n % 3) index.remove(`d${n}`);
    expect(index.isWorthCompacting).toBe(true);
    const [before, { bytes }] = [ask('annexe dossier 300', index), index];
    await index.compact(new Breather());
    expect([index.isWorthCompacting, index.bytes < bytes, index.size, index.passageCount]).toEqual([
      false,
      true,
      301,
      600,
    ]);
    expect(ask('annexe dossier 300', index)).toEqual(before);
    expect(ids(before).slice(0, 2).toSorted()).toEqual(['d300:1:0', 'd300:1:1']);
    index.put('d300', 2, passages('fr', 'sans objet'));
    index.remove('d303');
    index.put('d1', 3, passages('fr', ...text(300)));
    expect(ids(ask('annexe dossier 300', index)).slice(0, 2).toSorted()).toEqual(['d1:3:0', 'd1:3:1']);
    expect(ids(ask('303', index))).toEqual([]);
    expect(index.languages).toEqual(
      new Map([
        ['en', 298],
        ['fr', 301],
      ]),
    );
  });

  it('shows nothing of a document before all of it is there, and what it had until then', () => {
    const index = new CollectionIndex(true);
    index.put('a', 1, passages('fr', 'budget initial'));
    const before = ask('budget', index);
    for (const passage of passages('fr', 'budget révisé', 'annexe')) index.stage(passage);
    expect(ask('budget', index)).toEqual(before);
    expect([index.passageCount, index.languages.get('fr')]).toEqual([1, 1]);
    index.publish('a', 2);
    expect(ids(ask('budget', index))).toEqual(['a:2:0']);
    index.stage({ ordinal: 0, language: 'fr', text: 'budget oublié' });
    index.unstage();
    index.put('b', 1, passages('fr', 'dossier'));
    expect(ids(ask('budget dossier oublié', index)).toSorted()).toEqual(['a:2:0', 'b:1:0']);
  });

  it('keeps a document without a passage', () => {
    const index = new CollectionIndex(false);
    index.put('empty', 3, []);
    expect([index.size, index.holds('empty', 3)]).toEqual([1, true]);
  });

  it('forgives a typing mistake by character 4-grams', () => {
    const index = new CollectionIndex(true);
    index.put('a', 1, passages('fr', 'Remboursement des déplacements', 'Horaires de la cantine'));
    const [hits = []] = searchTogether([index], 'grams', gramTerms('rembourssement'), 10);
    expect(ids(hits)[0]).toBe('a:1:0');
  });

  it('leaves out grams that nearly every passage has, once there are many', () => {
    const index = new CollectionIndex(true);
    for (let n = 0; n < 2_500; n += 1) index.put(`d${n}`, 1, passages('fr', n < 5 ? 'zyx partout' : 'partout'));
    const grams = (question: string) => searchTogether([index], 'grams', gramTerms(question), 10_000).flat();
    expect(grams('partout')).toEqual([]);
    expect(grams('zyx partout')).toHaveLength(5);
  });

  it('ranks over several collections as if they were one', () => {
    const texts = ['alpha beta', 'alpha gamma', 'alpha', 'beta beta delta', 'gamma', 'alpha alpha beta gamma'];
    const one = new CollectionIndex(false);
    const [left, right] = [new CollectionIndex(false), new CollectionIndex(false)];
    for (const [at, text] of texts.entries()) {
      const index = at % 2 === 0 ? left : right;
      one.put(`d${at}`, 1, passages('en', text));
      index.put(`d${at}`, 1, passages('en', text));
    }
    const best = (hits: readonly { id: string; score: number }[]) =>
      hits.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    expect(best(ask('beta gamma', left, right))).toEqual(best(ask('beta gamma', one)));
  });
});
