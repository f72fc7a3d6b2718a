import { inTurn, milliseconds, percentile } from './measure';
import type { Section } from './report';
import type { Scene } from './scene';

const QUESTIONS = 12;
const RUNS = 40;
const WARM_UP = 3;
const MOST_MS = 1_000;

/** A conversation as PDF with its sources: drawn anew, because its title changed, and the same once more. */
export const measureExport = async ({ api, corpus, collectionId }: Scene): Promise<Section> => {
  const conversationId = await api.converse(
    Array.from({ length: QUESTIONS }, (_, at) => corpus.question(at)),
    collectionId,
  );
  const [drawn, kept]: [number[], number[]] = [[], []];
  let bytes = 0;
  const timed = async (times: number[]): Promise<void> => {
    const begun = performance.now();
    bytes = await api.exportPdf(conversationId);
    times.push(performance.now() - begun);
  };
  const drawAnew = async (run: number): Promise<void> => {
    await api.rename(conversationId, `Mesure ${run}`);
    await timed(drawn);
  };
  await inTurn(RUNS, drawAnew, () => timed(kept), WARM_UP);
  const p95 = (values: readonly number[]): number => percentile(values.slice(WARM_UP), 0.95);
  const goal = (values: readonly number[]) => ({ text: '< 1 s', isMet: p95(values) < MOST_MS });
  return {
    title: `A conversation of ${QUESTIONS} answers as PDF with its sources (${Math.round(bytes / 1_024)} KiB, p95)`,
    rows: [
      { name: 'GET /conversations/:id/export?format=pdf, drawn', ours: milliseconds(p95(drawn)), goal: goal(drawn) },
      { name: 'the same once more, kept by its contents', ours: milliseconds(p95(kept)), goal: goal(kept) },
    ],
  };
};
