import { ApiClient } from '../../acceptance/support/api-client';
import { OWNER, Workspace } from '../../acceptance/support/workspace';
import { measureAbstention, measureExtracts } from './answers';
import { readBeir, type BeirText } from '../beir';
import { Shelf, type Text } from './client';
import { articlesOf, measureArticles, measureRanking } from './ranking';
import { FigureReport } from './report';

/** As shipped, without a model server: what an operator raises for a measurement, and an address nobody answers at. */
const SETTINGS = {
  RATE_LIMIT_PER_MINUTE: '1000000000',
  ACCESS_TOKEN_SECONDS: '86400',
  OLLAMA_URL: 'http://127.0.0.1:9',
} as const;

/** One French question of so many is asked: each is asked in four ways. `EVERY=1` asks all 7,566. */
const EVERY = Number(process.env['EVERY'] ?? 3);

/** What the product takes for a title. */
const TITLE_LENGTH = 200;

/** A longer title also stands above the text, as it would on the page. */
const asText = ({ _id: key, title, text }: BeirText): Text =>
  title.length <= TITLE_LENGTH
    ? { key, title, text }
    : { key, title: title.slice(0, TITLE_LENGTH), text: `${title}\n\n${text}` };

const measureScifact = async (report: FigureReport, client: ApiClient): Promise<void> => {
  const scifact = readBeir('scifact');
  if (!scifact) return;
  report.section('SciFact, English');
  const shelf = await Shelf.fill(client, 'SciFact', scifact.texts.map(asText));
  await measureRanking(report, 'SciFact', shelf, scifact, { ndcg: 0.69, recall: 0.92, recallDepth: 100 });
};

const measurePiaf = async (report: FigureReport, client: ApiClient): Promise<void> => {
  const all = readBeir('piaf');
  if (!all) return;
  const piaf = { ...all, questions: all.questions.filter((_, at) => at % EVERY === 0) };
  report.section('PIAF, French');
  const shelf = await Shelf.fill(client, 'PIAF', piaf.texts.map(asText));
  await measureRanking(report, 'PIAF', shelf, piaf, { ndcg: 0.81, recall: 0.89, recallDepth: 10 });
  await measureArticles(report, await Shelf.fill(client, 'PIAF, articles', articlesOf(piaf)), piaf);
  await measureExtracts(report, shelf, piaf);
  const kept = piaf.texts.filter((_, at) => at % 2 === 0);
  await measureAbstention(report, await Shelf.fill(client, 'PIAF, half', kept.map(asText)), piaf, kept);
};

const SETS: Readonly<Record<string, (report: FigureReport, client: ApiClient) => Promise<void>>> = {
  scifact: measureScifact,
  piaf: measurePiaf,
};

/**
 * Measures the product through its own HTTP, as shipped and without a model.
 * @param wanted names of sets; all when there is none
 * @returns the exit code
 */
export const evaluateProduct = async (wanted: readonly string[]): Promise<number> => {
  const report = new FigureReport();
  await using workspace = new Workspace();
  const product = await workspace.start(SETTINGS);
  const client = await ApiClient.signIn(product.url, OWNER.email, OWNER.password);
  for (const [name, measure] of Object.entries(SETS)) {
    if (wanted.length === 0 || wanted.includes(name)) await measure(report, client);
  }
  await product.interrupt();
  return report.finish();
};
