import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isStopWord, tokenize } from '#libs/text';

import { verifyCitations, type VerifiedAnswer } from '../../libs/chat/src/answering/citations/citation-verifier';
import { comparisonTable } from '../../libs/chat/src/answering/citations/meaning/comparison-table';
import { planComparisons } from '../../libs/chat/src/answering/citations/meaning/plan-comparisons';
import type { Similarity } from '../../libs/chat/src/answering/citations/meaning/similarity';
import {
  inOtherWords,
  LIES,
  seeded,
  WrongCitations,
  type Lie,
  type Paragraph,
  type Scene,
} from './support/wrong-citations';

/** A public set beside the checkout; absent on other machines, and then there is nothing to measure. */
const DATA = join(__dirname, '../../../shared/data/piaf/corpus.jsonl');
const present = existsSync(DATA);
if (!present) console.warn(`SKIPPED: no PIAF data in ${DATA}, the precision of citations is not measured.`);

/** Where chance left function words only, or what asks, nothing is claimed. */
const saysAnything = (answer: string): boolean =>
  !/\?\s*» \[/u.test(answer) &&
  tokenize(answer).filter(({ term }) => !/^\d+$/.test(term) && !isStopWord(term, 'fr')).length > 2;

const isSilent = (answer: string, { citations, unsupported }: VerifiedAnswer): boolean =>
  citations.length === 0 && unsupported.length === 0 && saysAnything(answer);

/** Cosines of a model that exists nowhere, shaped like those published of real ones: near, of one article, of another. */
const NEAR = { same: 0.75, article: 0.5, other: 0.35, noise: 0.08 };
const SCALE = { same: NEAR.same, elsewhere: NEAR.other };

/** What an embedding would say, with its noise: invented numbers are as near as right ones. */
const embedding = ({ answer, sources, about }: Scene, random: () => number): Similarity => {
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middle = (sentence: string): number => {
    if (about === undefined) return NEAR.other;
    return sentence === about ? NEAR.same : NEAR.article;
  };
  const cosine = (_: string, sentence: string): number => middle(sentence) + NEAR.noise * gauss();
  return comparisonTable(planComparisons(answer, sources), cosine, { fr: SCALE, en: SCALE, across: SCALE }, 'meaning');
};

const random = seeded(7);
const rephrased = (paragraphs: readonly Paragraph[]) => new WrongCitations(paragraphs);
const reworded = (paragraphs: readonly Paragraph[]) => new WrongCitations(paragraphs, inOtherWords);
const CASES = [
  { who: 'leaves words out, by words alone', model: rephrased, read: () => undefined, answers: 1_000, kept: 0.95 },
  {
    who: 'leaves words out',
    model: rephrased,
    read: (scene: Scene) => embedding(scene, random),
    answers: 500,
    kept: 0.95,
  },
  {
    who: 'has other words',
    model: reworded,
    read: (scene: Scene) => embedding(scene, random),
    answers: 250,
    kept: 0.8,
  },
] as const;

(present ? describe : describe.skip).each(CASES)('citations of a model that cites wrongly and $who (PIAF)', (each) => {
  const counts = new Map(LIES.map((lie) => [lie, { scenes: 0, right: 0, wrong: 0 }]));
  let dangling = 0;
  let altered = 0;
  let silent = 0;

  beforeAll(() => {
    const paragraphs = readFileSync(DATA, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Paragraph);
    for (const scene of each.model(paragraphs).scenes(each.answers)) {
      const { lie, sources, answer, truth } = scene;
      const verified = verifyCitations(answer, sources, each.read(scene));
      const { content, citations } = verified;
      const count = counts.get(lie)!;
      count.scenes += 1;
      if ([...content.matchAll(/\[\d+\]/g)].length !== citations.length) dangling += 1;
      silent += Number(isSilent(answer, verified));
      for (const { marker, quote, start, end } of citations) {
        const source = sources[marker - 1]!;
        if (source.text.slice(start - source.start, end - source.start) !== quote) altered += 1;
        if (truth && quote.includes(truth.sentence)) count.right += 1;
        else count.wrong += 1;
      }
    }
    console.info(
      [...counts]
        .map(([lie, { scenes, right, wrong }]) => `${lie}: ${scenes} answers, ${right} right, ${wrong} wrong`)
        .join('\n'),
    );
  });

  const sum = (key: 'right' | 'wrong') => [...counts.values()].reduce((total, count) => total + count[key], 0);
  const share = (lie: Lie) => counts.get(lie)!.right / counts.get(lie)!.scenes;

  it('leave no marker dangling and no quote altered', () => {
    expect({ dangling, altered }).toEqual({ dangling: 0, altered: 0 });
  });

  it('leave no statement that is neither proven nor flagged', () => {
    expect(silent).toBe(0);
  });

  it('are right in 95 % of what remains', () => {
    expect(sum('right') / (sum('right') + sum('wrong'))).toBeGreaterThanOrEqual(0.95);
  });

  it('are kept, or repaired, where a source does support the statement', () => {
    expect(share('none')).toBeGreaterThanOrEqual(each.kept);
    expect(share('wrong index')).toBeGreaterThanOrEqual(each.kept);
  });
});
