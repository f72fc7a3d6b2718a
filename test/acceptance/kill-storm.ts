import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ApiClient } from './support/api-client';
import type { Checks } from './support/checks';
import { consistencyFindsNothing } from './support/consistency';
import { eventually } from './support/eventually';
import { writeLibrary } from './support/library';
import { familyOf, leftOver, signal } from './support/processes';
import type { Product } from './support/product';
import { randomFrom } from './support/random';
import { compareFiles, compareStores, failuresOf, pendingDocuments } from './support/stores';
import { WorkerProcess } from './support/worker-process';
import { OWNER, Workspace } from './support/workspace';

const DOCUMENTS = 300;
const KILLS = Number(process.env['KILLS'] ?? 100);
const WORKERS = 3;
/** Longest and shortest time in which the product works between two blows. */
const QUIET_MS = [150, 1_200] as const;
const SETTLE_SECONDS = 600;
const SEED_LIMIT = 2 ** 31;

const VICTIMS = ['worker', 'chroma', 'postgres'] as const;
type Victim = (typeof VICTIMS)[number];

const SETTINGS = { LLM_PROVIDER: 'builtin', EMBEDDINGS_PROVIDER: 'builtin', WORKER: 'separate' } as const;
/** The server itself, not the shells that guard it. */
const COMMANDS: Readonly<Record<Exclude<Victim, 'worker'>, RegExp>> = {
  chroma: /node\S* -e .*chroma/,
  postgres: /^\S*postgres -D /,
};

/** The product with three workers beside it, as a cluster would have them. */
class Cluster {
  private workers: WorkerProcess[] = [];
  private product!: Product;

  constructor(private readonly workspace: Workspace) {}

  async start(): Promise<void> {
    this.product = await this.workspace.start(SETTINGS);
    this.workers = Array.from({ length: WORKERS }, () => this.newWorker());
  }

  signIn(): Promise<ApiClient> {
    return ApiClient.signIn(this.product.url, OWNER.email, OWNER.password);
  }

  /** Whatever needs the victim ends with it and is started again. */
  async strike(victim: Victim, place: number): Promise<void> {
    if (victim === 'worker') {
      this.workers[place]?.kill();
      this.workers[place] = this.newWorker();
      return;
    }
    const family = this.product.family();
    const server = family.find(({ command }) => COMMANDS[victim].test(command));
    if (!server) throw new Error(`No process of ${victim} among: ${family.map(({ command }) => command).join(' | ')}`);
    signal(server.pid, 'SIGKILL');
    await eventually(() => this.product.ended, 60);
    await this.stopWorkers();
    await leftOver(family, 30);
    await this.start();
  }

  async stopWorkers(): Promise<void> {
    for (const worker of this.workers) worker.kill();
    this.workers = [];
    await sleep(0);
  }

  async end(): Promise<number> {
    await this.stopWorkers();
    const family = familyOf(this.product.pid);
    await this.product.interrupt();
    return (await leftOver(family, 30)).length;
  }

  private newWorker(): WorkerProcess {
    return new WorkerProcess(this.workspace.dataDirectory, SETTINGS);
  }
}

const verify = async (checks: Checks, dataDirectory: string): Promise<void> => {
  const found = await compareStores(dataDirectory);
  const failures = await failuresOf(dataDirectory);
  const files = await compareFiles(dataDirectory);
  checks.check(`${DOCUMENTS} of ${DOCUMENTS} are ready or failed, none lost`, found.ready + found.failed === DOCUMENTS);
  checks.check(
    'what failed did so for a true reason',
    failures.every((code) => code === 'document.ingestion_interrupted'),
    `${found.ready} ready, ${found.failed} failed (${failures.join(', ') || 'none'})`,
  );
  checks.check(
    'chunks and vectors match one to one: none lost, none twice, no orphan',
    found.chunks === found.vectors && found.withoutVector + found.withoutChunk === 0 && found.chunks > 0,
    `${found.chunks} chunks, ${found.vectors} vectors, ${found.withoutVector} without vector, ${found.withoutChunk} without chunk`,
  );
  checks.check(
    'every document has its chunks once, and each is what its text says there',
    found.wrongCounts.length + found.wrongText === 0,
    [...found.wrongCounts, `${found.wrongText} chunks with another text`].join('; '),
  );
  checks.check('no file is lost or left over', files.missing + files.orphans === 0, JSON.stringify(files));
  const { ok, text } = consistencyFindsNothing(dataDirectory);
  checks.check('npm run cli -- consistency finds nothing', ok, ok ? '' : text);
};

const storm = async (checks: Checks, seed: number): Promise<void> => {
  await using workspace = new Workspace();
  const { dataDirectory } = workspace;
  const random = randomFrom(seed);
  const cluster = new Cluster(workspace);
  await cluster.start();
  const client = await cluster.signIn();
  const collectionId = await client.createCollection('Crash');
  await client.uploadAll(collectionId, writeLibrary(join(workspace.folder, 'files'), DOCUMENTS));

  const struck: Record<Victim, number> = { worker: 0, chroma: 0, postgres: 0 };
  let rounds = 1;
  const begun = performance.now();
  for (let blow = 0; blow < KILLS; blow += 1) {
    await sleep(QUIET_MS[0] + random() * (QUIET_MS[1] - QUIET_MS[0]));
    const victim = VICTIMS[blow % VICTIMS.length] ?? 'worker';
    await cluster.strike(victim, Math.floor(random() * WORKERS));
    struck[victim] += 1;
    if ((await pendingDocuments(dataDirectory)) > 0) continue;
    // All done before the storm is over: once more, beside what is live.
    await (await cluster.signIn()).json('POST', '/admin/jobs', { kind: 'reindex_collection', collectionId });
    await eventually(async () => (await pendingDocuments(dataDirectory)) > 0, 60);
    rounds += 1;
  }
  checks.note(
    `killed ${JSON.stringify(struck)} in ${((performance.now() - begun) / 1_000).toFixed(0)} s; ${rounds} rounds of ${DOCUMENTS} files`,
  );
  const settled = await eventually(async () => (await pendingDocuments(dataDirectory)) === 0, SETTLE_SECONDS);
  checks.check('everything has come to an end', settled);
  // A job that removes a former generation may still wait for its retry.
  await eventually(() => consistencyFindsNothing(dataDirectory).ok, 120);
  await verify(checks, dataDirectory);
  checks.check('no process is left', (await cluster.end()) === 0);
};

/** `kill -9` of a worker, Chroma and PostgreSQL in turn at 100 random moments, three workers sharing the queue. `SEED=1` repeats a run. */
export const killStorm = async (checks: Checks): Promise<void> => {
  const seed = Number(process.env['SEED'] ?? randomInt(SEED_LIMIT));
  await checks.attempt(`kill -9 at ${KILLS} moments over ${DOCUMENTS} files, seed ${seed}`, () => storm(checks, seed));
};
