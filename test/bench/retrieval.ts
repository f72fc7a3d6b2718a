import { BuiltinEmbeddingModel } from '#libs/llm';

import { inTurn, mean, milliseconds, percentile } from './measure';
import type { Section } from './report';
import { meanLegs, readLegs, tellLegs } from './search-legs';
import type { Scene } from './scene';

const RUNS = 300;
const QUESTIONS = 60;
const HITS = 10;
/** Both ask every question, never the same one after the other: neither warms the caches for the other. */
const SHIFT = QUESTIONS / 2;

/** A search over HTTP, against the least a search with these servers can be: one Chroma query, then the rows it found. */
export const measureRetrieval = async (scene: Scene, chunks: number): Promise<Section> => {
  const { api, collectionId } = scene;
  const questions = Array.from({ length: QUESTIONS }, (_, number) => scene.corpus.question(number));
  const vectors = await new BuiltinEmbeddingModel().embed(questions, 'query');
  const ours = async (run: number): Promise<void> => {
    const found = await api.search(questions[run % QUESTIONS] ?? '', collectionId);
    if (found !== HITS) throw new Error(`${found} hits`);
  };
  const baseline = (run: number): Promise<void> => rawSearch(scene, vectors[(run + SHIFT) % QUESTIONS]);
  await inTurn(0, ours, baseline, QUESTIONS);
  const before = await readLegs(scene);
  const pair = await inTurn(RUNS, ours, baseline, 0);
  const inProcess = await meanLegs(scene, before);
  const row = (name: string, mine: number, raw: number) => ({
    name,
    ours: milliseconds(mine),
    baseline: milliseconds(raw),
    ratio: mine / raw,
  });
  return {
    title: `Retrieval (${chunks} chunks, ${RUNS} questions, ${HITS} hits)`,
    rows: [
      row('POST /search p50 / raw Chroma query + SQL read', percentile(pair.ours, 0.5), percentile(pair.baseline, 0.5)),
      row('POST /search p95', percentile(pair.ours, 0.95), percentile(pair.baseline, 0.95)),
      row('the search inside the process, mean', inProcess.total, mean(pair.baseline)),
    ],
    notes: [`inside, mean: ${tellLegs(inProcess)}`],
  };
};

const rawSearch = async ({ raw, pool }: Scene, vector: Float32Array | undefined): Promise<void> => {
  const queryEmbeddings = [Array.from(vector ?? [])];
  const { ids } = await raw.query({ queryEmbeddings, nResults: HITS, include: ['distances'] });
  const sql = 'SELECT id, document_id, heading_path, start_offset, end_offset, text FROM chunk WHERE id = ANY ($1)';
  const { rows } = await pool.query(sql, [ids[0]]);
  if (rows.length !== HITS) throw new Error(`${rows.length} rows`);
};
