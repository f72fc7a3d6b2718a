import { ApiClient } from '../../acceptance/support/api-client';
import { OWNER, Workspace } from '../../acceptance/support/workspace';
import { readBeir, type BeirText } from '../beir';
import { Shelf, type Text } from './client';
import { articlesOf, measureArticles, measureRanking } from './ranking';
import { FigureReport } from './report';

/** As shipped, without a model server: what an operator raises for a measurement, and an address nobody answers at. */
const SETTINGS = { RATE_LIMIT_PER_MINUTE: '1000000000', OLLAMA_URL: 'http://127.0.0.1:9' } as const;

/** What the product takes for a title. */
const TITLE_LENGTH = 200;

/** A longer title also stands above the text, as it would on the page. */
const asText = ({ _id: key, title, text }: BeirText): Text =>
  title.length <= TITLE_LENGTH
    ? { key, title, text }
    : { key, title: title.slice(0, TITLE_LENGTH), text: `${title}\n\n${text}` };

const measure = async (report: FigureReport, client: ApiClient): Promise<void> => {
  const scifact = readBeir('scifact');
  if (scifact) {
    report.section('SciFact, English');
    const shelf = await Shelf.fill(client, 'SciFact', scifact.texts.map(asText));
    await measureRanking(report, 'SciFact', shelf, scifact, { ndcg: 0.69, recall: 0.92, recallDepth: 100 });
  }
  const piaf = readBeir('piaf');
  if (piaf) {
    report.section('PIAF, French');
    const shelf = await Shelf.fill(client, 'PIAF', piaf.texts.map(asText));
    await measureRanking(report, 'PIAF', shelf, piaf, { ndcg: 0.81, recall: 0.89, recallDepth: 10 });
    await measureArticles(report, await Shelf.fill(client, 'PIAF, articles', articlesOf(piaf)), piaf);
  }
};

/** Measures the product through its own HTTP, as shipped and without a model. @returns the exit code */
export const evaluateProduct = async (): Promise<number> => {
  const report = new FigureReport();
  await using workspace = new Workspace();
  const product = await workspace.start(SETTINGS);
  await measure(report, await ApiClient.signIn(product.url, OWNER.email, OWNER.password));
  await product.interrupt();
  return report.finish();
};
