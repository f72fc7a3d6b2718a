import { chunkDocument } from '../../libs/ingestion/src/chunking/chunk-document';
import { CHUNKING_STRATEGIES } from '../../libs/ingestion/src/chunking/chunking-options';
import { estimateTokens } from '../../libs/ingestion/src/chunking/token-counter';
import type { Piaf, Question } from '../quality/support/piaf';
import { PlainBm25 } from '../quality/support/plain-bm25';
import { joinArticles, type Article } from './articles';

/** A passage as one way to cut made it. */
interface Passage {
  readonly article: Article;
  readonly title: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
}

type Cut = (article: Article) => Passage[];

const FIXED_OVERLAP = 0.1;
/** Passages looked at; the text they may have together in the last figure. */
const DEPTH = 20;
const BUDGET_TOKENS = 1_000;

/** The first word that no longer fits. */
const endOf = (words: readonly { readonly tokens: number }[], from: number, size: number): number => {
  let sum = 0;
  const over = words.findIndex(({ tokens }, place) => place >= from && (sum += tokens) > size);
  return over === -1 ? words.length : Math.max(over, from + 1);
};

/** What most products do: so many tokens, blind to sentences and topics, a tenth of them repeated. */
const fixedSize =
  (size: number): Cut =>
  (article) => {
    const words = [...article.text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
      tokens: estimateTokens(word),
    }));
    const passages: Passage[] = [];
    for (let from = 0, to = 0; to < words.length;) {
      to = endOf(words, from, size);
      passages.push(passage(article, words[from]?.start ?? 0, words[to - 1]?.end ?? 0));
      from = Math.max(from + 1, to - Math.floor((to - from) * FIXED_OVERLAP));
    }
    return passages;
  };

const passage = (article: Article, start: number, end: number): Passage => {
  const text = article.text.slice(start, end);
  return { article, title: article.title, text, start, end, tokens: estimateTokens(text) };
};

const strategy =
  (name: (typeof CHUNKING_STRATEGIES)[number]): Cut =>
  (article) =>
    chunkDocument({ text: article.text, headings: [], pages: [], language: 'fr' }, { strategy: name }).map(
      ({ start, end }) => passage(article, start, end),
    );

/** Whether the passage holds the part of a right paragraph that has an answer: elsewhere the same word answers nothing. */
const answers = ({ article, start, end }: Passage, { metadata }: Question, paragraphs: readonly string[]): boolean =>
  paragraphs.some((id) => {
    const place = article.paragraphs.get(id);
    if (!place || place.end <= start || place.start >= end) return false;
    const piece = article.text.slice(Math.max(place.start, start), Math.min(place.end, end));
    return metadata.answers.some((answer) => piece.includes(answer.replaceAll('\n', ' ')));
  });

interface Figures {
  readonly passages: number;
  readonly meanTokens: number;
  readonly first: number;
  readonly five: number;
  readonly withinBudget: number;
}

const withinBudget = (found: readonly Passage[], place: number): boolean =>
  place >= 0 && found.slice(0, place + 1).reduce((sum, { tokens }) => sum + tokens, 0) <= BUDGET_TOKENS;

const measure = (cut: Cut, articles: readonly Article[], { questions, answeredBy }: Piaf): Figures => {
  const passages = articles.flatMap(cut);
  const index = new PlainBm25(passages, 'fr');
  const places = questions.map((question) => {
    const found = index.search(question.text, DEPTH).map(({ text }) => text);
    const place = found.findIndex((each) => answers(each, question, answeredBy.get(question._id) ?? []));
    return { place, isWithinBudget: withinBudget(found, place) };
  });
  const share = (holds: (place: number) => boolean) =>
    places.filter(({ place }) => place >= 0 && holds(place)).length / places.length;
  return {
    passages: passages.length,
    meanTokens: passages.reduce((sum, { tokens }) => sum + tokens, 0) / passages.length,
    first: share((place) => place === 0),
    five: share((place) => place < 5),
    withinBudget: places.filter(({ isWithinBudget }) => isWithinBudget).length / places.length,
  };
};

const row = (name: string, figures: Figures): string =>
  [
    name.padEnd(12),
    String(figures.passages).padStart(8),
    figures.meanTokens.toFixed(0).padStart(11),
    ...[figures.first, figures.five, figures.withinBudget].map((share) => share.toFixed(3).padStart(10)),
  ].join(' ');

/** Prints, for each way to cut, how often the gold answer of a French question is in what plain BM25 finds. */
export const evaluateChunking = (piaf: Piaf): void => {
  const ways: [string, Cut][] = [
    ...[256, 400, 512].map((size): [string, Cut] => [`fixed ${String(size)}`, fixedSize(size)]),
    ...CHUNKING_STRATEGIES.map((name): [string, Cut] => [name, strategy(name)]),
  ];
  for (const [perDocument, between, title] of [
    [1, '\n\n', 'PIAF, one article a document'],
    [20, '\n\n', 'PIAF, twenty articles a document, paragraphs but no headings'],
    [20, ' ', 'PIAF, twenty articles a document, not even paragraphs'],
  ] as const) {
    const articles = joinArticles(piaf.paragraphs, perDocument, between);
    process.stdout.write(`\n${title} (gold answer in the passages found)\n`);
    process.stdout.write(`cut          passages mean tokens      first  first five  in 1,000 tokens\n`);
    for (const [name, cut] of ways) process.stdout.write(`${row(name, measure(cut, articles, piaf))}\n`);
  }
};
