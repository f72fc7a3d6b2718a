import { ingestWithLangChain } from './langchain';
import { mean, milliseconds, pause } from './measure';
import { PeakMemory, type ProcessMemory } from './memory';
import type { Section } from './report';
import type { Scene } from './scene';

/** Rounds of ours and the baseline in turn, so that drift and the growth of both indexes hit both. */
const ROUNDS = 3;
const DOCUMENTS_PER_ROUND = 20;
/** Vectors per raw upsert: what the product may send at once, too (2 MB of floats). */
const RAW_BATCH = 680;
const PATIENCE_SECONDS = 90;
const LOOK_EVERY_MS = 20;

interface StoredChunk {
  readonly id: string;
  readonly vectorId: string;
}

interface Round {
  readonly bytes: number;
  readonly chunks: number;
  readonly ours: number;
  readonly baseline: number;
  readonly langChain: number;
}

export interface IngestionResult {
  readonly section: Section;
  readonly chunks: number;
  /** The moment at which the product took most memory. */
  readonly peak: readonly ProcessMemory[];
}

/** Chunks per second from upload to ready, against the same vectors written to Chroma with its own client. */
export const measureIngestion = async (scene: Scene): Promise<IngestionResult> => {
  const peak = new PeakMemory(scene.product.pid);
  const rounds: Round[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) rounds.push(await runRound(scene, round));
  } finally {
    peak.stop();
  }
  const chunks = rounds.reduce((sum, round) => sum + round.chunks, 0);
  return { section: sectionOf(rounds, chunks), chunks, peak: peak.highest };
};

const runRound = async (scene: Scene, round: number): Promise<Round> => {
  const files = Array.from({ length: DOCUMENTS_PER_ROUND }, (_, at) => {
    const number = round * DOCUMENTS_PER_ROUND + at;
    return [`manche-${round}-${number}.md`, scene.corpus.document(number)] as const;
  });
  const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  const begun = performance.now();
  await scene.api.upload(scene.collectionId, files);
  await allReady(scene, `manche-${round}-%`);
  const ours = performance.now() - begun;
  const stored = await chunksOf(scene, `manche-${round}-%`);
  const baseline = await writeRaw(scene, stored);
  const langChain = await ingestWithLangChain(files, scene.langChain);
  return { bytes, chunks: stored.length, ours, baseline, langChain: langChain.ms };
};

/** Asked of the database, where it costs the product nothing. */
const allReady = async ({ pool, collectionId }: Scene, names: string): Promise<void> => {
  const sql = `SELECT count(*) FILTER (WHERE status = 'ready')::int AS ready,
                      count(*) FILTER (WHERE status = 'failed')::int AS failed
                 FROM document WHERE collection_id = $1 AND filename LIKE $2`;
  const end = performance.now() + PATIENCE_SECONDS * 1_000;
  while (performance.now() < end) {
    const [state] = (await pool.query<{ ready: number; failed: number }>(sql, [collectionId, names])).rows;
    if (state && state.failed > 0) throw new Error(`${state.failed} documents failed`);
    if (state?.ready === DOCUMENTS_PER_ROUND) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`Documents were not ready after ${PATIENCE_SECONDS} s`);
};

const chunksOf = async ({ pool, collectionId }: Scene, names: string): Promise<StoredChunk[]> => {
  const sql = `SELECT k.id, concat_ws(':', k.document_id, k.generation, k.ordinal) AS "vectorId"
                 FROM chunk k JOIN document d ON d.id = k.document_id AND d.generation = k.generation
                WHERE d.collection_id = $1 AND d.filename LIKE $2 ORDER BY k.document_id, k.ordinal`;
  return (await pool.query<StoredChunk>(sql, [collectionId, names])).rows;
};

/** @returns milliseconds of writing; reading the vectors back is not counted */
const writeRaw = async (scene: Scene, stored: readonly StoredChunk[]): Promise<number> => {
  const vectors = await vectorsOf(scene, stored);
  let took = 0;
  for (let from = 0; from < stored.length; from += RAW_BATCH) {
    const batch = stored.slice(from, from + RAW_BATCH);
    const ids = batch.map(({ id }) => id);
    const embeddings = batch.map(({ vectorId }) => vectors.get(vectorId) ?? []);
    const begun = performance.now();
    await scene.raw.upsert({ ids, embeddings });
    took += performance.now() - begun;
  }
  return took;
};

const vectorsOf = async (
  { chroma, collectionId }: Scene,
  stored: readonly StoredChunk[],
): Promise<Map<string, number[]>> => {
  const [ours] = (await chroma.listCollections()).filter(({ name }) => name.startsWith(collectionId));
  if (!ours) throw new Error('The product has no vectors in Chroma');
  const { ids, embeddings } = await ours.get({ ids: stored.map(({ vectorId }) => vectorId), include: ['embeddings'] });
  if (ids.length !== stored.length) throw new Error(`${stored.length} chunks, but ${ids.length} vectors`);
  return new Map(ids.map((id, at) => [id, embeddings[at] ?? []]));
};

const total = (rounds: readonly Round[], field: keyof Round): number =>
  rounds.reduce((sum, round) => sum + round[field], 0);

const sectionOf = (rounds: readonly Round[], chunks: number): Section => {
  const rate = (field: 'ours' | 'baseline'): number => (1_000 * chunks) / total(rounds, field);
  const row = {
    name: 'upload to ready / raw Chroma upsert of the same vectors',
    ours: `${rate('ours').toFixed(0)} chunks/s`,
    baseline: `${rate('baseline').toFixed(0)} chunks/s`,
    ratio: rate('ours') / rate('baseline'),
    goal: { text: 'at least 0.8', isMet: rate('ours') / rate('baseline') >= 0.8 },
  };
  const speed = (field: 'ours' | 'langChain'): number => total(rounds, 'bytes') / 1_000 / total(rounds, field);
  const beside = {
    name: 'the same files / LangChain.js, same extractor and embedder, into Chroma alone',
    ours: `${speed('ours').toFixed(2)} MB/s`,
    baseline: `${speed('langChain').toFixed(2)} MB/s`,
    ratio: speed('ours') / speed('langChain'),
    goal: { text: 'at least 2', isMet: speed('ours') / speed('langChain') >= 2 },
  };
  const perChunk = `${milliseconds(mean(rounds.map(({ ours }) => ours)) / (chunks / rounds.length))} per chunk`;
  return {
    title: `Ingestion (${chunks} chunks of ${rounds.length * DOCUMENTS_PER_ROUND} Markdown files, builtin embedder)`,
    rows: [row, beside],
    notes: [`ours also receives, extracts, chunks, embeds and stores text: ${perChunk} in all`],
  };
};
