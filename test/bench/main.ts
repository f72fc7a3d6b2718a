import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { ChromaClient } from 'chromadb';
import { Pool } from 'pg';

import { databaseOf } from '../../libs/vector-store/src/adapters/chroma-client';
import { Api } from './api';
import { measureAudit } from './audit';
import { Corpus } from './corpus';
import { measureExport } from './export';
import { measureFirstToken } from './first-token';
import { measureGrowth } from './growth';
import { measureIngestion } from './ingestion';
import { measureIsolation } from './isolation';
import { pause } from './measure';
import { memoryOfTree } from './memory';
import { memorySection } from './memory-section';
import { Product } from './product';
import { Programs } from './programs';
import { missed, render, type Section } from './report';
import { measureCredentials, measureRequests } from './requests';
import { measureRetrieval } from './retrieval';
import type { Scene } from './scene';
import { measureStatistics } from './statistics';
import { startUpSection } from './start-up';
import { measureStreaming } from './streaming';

/** From dist/test/bench. */
const PROJECT = join(__dirname, '../../..');
const LATER_STARTS = 4;
const IDLE_MS = 10_000;
/** Some forty chunks each. */
const DOCUMENTS = 6;
/** V8 gives memory back 10 to 25 seconds after the last request. */
const SETTLED_MS = 30_000;
const MS_PER_TOKEN = 10;
/** Of the sentence an answer consists of: one alone is too short to have a rate. */
const REPEAT = 6;
/** Enough for answers with several quotes each. */
const FILES_TO_QUOTE = 40;
/** As the product creates its collections (libs/vector-store). */
const INDEX = { hnsw: { space: 'cosine', ef_construction: 200, max_neighbors: 32, ef_search: 200 } } as const;
const INTERRUPTED = 130;

const say = (text: string): void => console.error(`... ${text}`);

const startUps = async (programs: Programs, dataDir: string): Promise<Section> => {
  const seconds: number[] = [];
  for (let start = 0; start <= LATER_STARTS; start++) {
    say(`start ${start + 1} of ${LATER_STARTS + 1}`);
    const product = await Product.start(programs, PROJECT, dataDir);
    seconds.push(product.startSeconds);
    await product.stop(programs);
  }
  const [first = Number.NaN, ...later] = seconds;
  return startUpSection(first, later);
};

const ollama = async (programs: Programs): Promise<string> => {
  const options = ['--port', '0', '--ms-per-token', String(MS_PER_TOKEN), '--repeat', String(REPEAT)];
  const args = ['test/support/ollama-server.ts', ...options];
  const program = programs.start({ command: process.execPath, args, cwd: PROJECT });
  return program.printed(/on (http:\S+)/);
};

const databaseOfOwner = async (pool: Pool, collectionId: string): Promise<string> => {
  const sql = `SELECT organization_id AS "organizationId" FROM collection WHERE id = $1`;
  const [owner] = (await pool.query<{ organizationId: string }>(sql, [collectionId])).rows;
  if (!owner) throw new Error('The collection that was made is not there');
  return databaseOf(owner.organizationId);
};

const prepare = async (programs: Programs, product: Product, ollamaUrl: string): Promise<Scene> => {
  const api = new Api(product.url);
  await api.signIn();
  const { DATABASE_URL, CHROMA_URL } = product.servers;
  const { hostname, port } = new URL(CHROMA_URL);
  const server = { host: hostname, port: Number(port), ssl: false };
  const baseline = (name: string) =>
    new ChromaClient(server).createCollection({ name, embeddingFunction: null, configuration: INDEX });
  const raw = await baseline('raw');
  const langChain = await baseline('langchain');
  const collectionId = await api.createCollection('Mesures');
  const pool = new Pool({ connectionString: DATABASE_URL, max: 2 });
  // The server goes first at the end; its farewell is no error.
  pool.on('error', () => undefined);
  const chroma = new ChromaClient({ ...server, database: await databaseOfOwner(pool, collectionId) });
  return {
    programs,
    project: PROJECT,
    product,
    api,
    corpus: new Corpus(),
    pool,
    chroma,
    raw,
    langChain,
    collectionId,
    ollamaUrl,
  };
};

/** What keeps people apart, and what it costs. */
const guards = async (scene: Scene, dataDir: string): Promise<Section[]> => {
  say('credentials');
  const credentials = await measureCredentials(scene);
  say('audit');
  const { DATABASE_URL, CHROMA_URL, JWT_SECRET } = scene.product.servers;
  const audit = await measureAudit({ DATABASE_URL, CHROMA_URL, JWT_SECRET, DATA_DIR: dataDir });
  say('isolation');
  const isolation = await measureIsolation(DATABASE_URL);
  say('statistics');
  return [credentials, audit, isolation, await measureStatistics(DATABASE_URL)];
};

const measureGuards = async (programs: Programs, dataDir: string): Promise<Section[]> => {
  const product = await Product.start(programs, PROJECT, dataDir);
  const sections = await guards(await prepare(programs, product, ''), dataDir);
  await product.stop(programs);
  return sections;
};

/** What it costs to bring much; takes a quarter of an hour. */
const measureMuch = async (programs: Programs, dataDir: string): Promise<Section[]> => {
  const product = await Product.start(programs, PROJECT, dataDir);
  const scene = await prepare(programs, product, '');
  say('ingestion');
  const { section } = await measureIngestion(scene);
  say('growth');
  const growth = await measureGrowth(scene);
  await scene.pool.end();
  await product.stop(programs);
  return [section, ...growth];
};

const fill = async ({ api, collectionId, corpus }: Scene, documents: number): Promise<void> => {
  const files = Array.from({ length: documents }, (_, at) => [`${at}.md`, corpus.document(at)] as const);
  await api.upload(collectionId, files);
  await pause(SETTLED_MS);
};

/** How answers arrive, over a small corpus. */
const measureAnswers = async (programs: Programs, dataDir: string): Promise<Section[]> => {
  const ollamaUrl = await ollama(programs);
  const product = await Product.start(programs, PROJECT, dataDir, { LLM_PROVIDER: 'ollama', OLLAMA_URL: ollamaUrl });
  const scene = await prepare(programs, product, ollamaUrl);
  await fill(scene, DOCUMENTS);
  say('first token');
  const firstToken = await measureFirstToken(scene);
  say('streaming');
  const streaming = await measureStreaming(scene);
  await scene.pool.end();
  await product.stop(programs);
  return [firstToken, streaming];
};

const measureFiles = async (programs: Programs, dataDir: string): Promise<Section[]> => {
  const product = await Product.start(programs, PROJECT, dataDir);
  const scene = await prepare(programs, product, '');
  await fill(scene, FILES_TO_QUOTE);
  say('export');
  const section = await measureExport(scene);
  await scene.pool.end();
  await product.stop(programs);
  return [section];
};

/** Parts that are measured alone; everything but the longest without a name. */
const PARTS = new Map([
  ['answers', measureAnswers],
  ['guards', measureGuards],
  ['growth', measureMuch],
  ['export', measureFiles],
]);

const measure = async (programs: Programs, dataDir: string): Promise<Section[]> => {
  const startUp = await startUps(programs, dataDir);
  const ollamaUrl = await ollama(programs);
  const product = await Product.start(programs, PROJECT, dataDir, { LLM_PROVIDER: 'ollama', OLLAMA_URL: ollamaUrl });
  say('idle');
  await pause(IDLE_MS);
  const fresh = memoryOfTree(product.pid);
  const scene = await prepare(programs, product, ollamaUrl);
  say('ingestion');
  const { section: ingestion, chunks, peak } = await measureIngestion(scene);
  say('retrieval');
  const retrieval = await measureRetrieval(scene, chunks);
  say('first token');
  const firstToken = await measureFirstToken(scene);
  say('streaming');
  const streaming = await measureStreaming(scene);
  say('requests per second');
  const requests = await measureRequests(scene);
  await scene.pool.end();
  say('idle again');
  await pause(SETTLED_MS);
  const worked = memoryOfTree(product.pid);
  const guarded = await guards(scene, dataDir);
  await product.stop(programs);
  const memory = memorySection({ fresh, peak, worked });
  return [retrieval, ingestion, firstToken, streaming, requests, ...guarded, startUp, memory];
};

/** Runnable processes over the last minute, for each core: above 0.5 before the start, others use the machine as well. */
const loadPerCore = (): string => ((loadavg()[0] ?? 0) / cpus().length).toFixed(1);

const report = (sections: readonly Section[], begun: number, loadBefore: string): void => {
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? '?'}, Node ${process.version}`;
  console.log(`\nMY-IA benchmark, ${new Date().toISOString().slice(0, 10)}, ${machine}`);
  console.log(`Load per core before: ${loadBefore} (ratios hold on a busy machine, absolute figures do not)\n`);
  console.log(render(sections));
  const open = missed(sections).map(({ name, goal }) => `${name} (${goal?.text ?? ''})`);
  console.log(`\nGoals missed: ${open.length > 0 ? open.join('; ') : 'none'}`);
  console.log(`Took ${Math.round((performance.now() - begun) / 1_000)} s.`);
};

/** Resolves when somebody presses Ctrl-C or ends us. */
const interruption = (): Promise<'interrupted'> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'));
  });

const main = async (): Promise<number> => {
  const part = PARTS.get(process.argv[2] ?? '') ?? measure;
  const begun = performance.now();
  const loadBefore = loadPerCore();
  const programs = new Programs();
  const folder = mkdtempSync(join(tmpdir(), 'my-ia-bench-'));
  // As root, PostgreSQL runs under another account, which must get through.
  chmodSync(folder, 0o711);
  try {
    const outcome = await Promise.race([part(programs, join(folder, 'data')), interruption()]);
    if (outcome === 'interrupted') return INTERRUPTED;
    report(outcome, begun, loadBefore);
    return 0;
  } finally {
    await programs.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
};

main()
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .then((code) => process.exit(code))
  .catch(() => undefined);
