import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ApiClient } from './support/api-client';
import type { Checks } from './support/checks';
import { eventually } from './support/eventually';
import { consistencyFindsNothing } from './support/consistency';
import { writeLibrary } from './support/library';
import { randomFrom } from './support/random';
import { compareStores, pendingDocuments, type Comparison } from './support/stores';
import type { Product } from './support/product';
import { leftOver } from './support/processes';
import { OWNER, Workspace } from './support/workspace';

const DOCUMENTS = 50;
const READY_SECONDS = 300;
const RUNS = 5;
const SEED_LIMIT = 2 ** 31;
/** Longest pause between the document that gives the sign and the blow, so that it falls on any step. */
const JITTER_MS = 400;

const VICTIMS = ['the process group', 'every process, PostgreSQL and Chroma included'] as const;

const strike = async (product: Product, victim: number): Promise<void> => {
  const family = product.family();
  if (victim === 0) product.killGroup();
  else await product.killEverything();
  const survivors = await leftOver(family, 30);
  if (survivors.length > 0) throw new Error(`${survivors.map(({ command }) => command).join(', ')} survived the kill`);
};

const verify = (checks: Checks, dataDirectory: string, found: Comparison): void => {
  checks.check('50 of 50 are ready', found.ready === DOCUMENTS, `${found.ready} ready, ${found.failed} failed`);
  checks.check(
    'chunks in PostgreSQL and vectors in Chroma match one to one',
    found.chunks === found.vectors && found.withoutVector + found.withoutChunk === 0 && found.chunks > 0,
    `${found.chunks} chunks, ${found.vectors} vectors, ${found.withoutVector} without vector, ${found.withoutChunk} without chunk`,
  );
  checks.check('every document has all its chunks', found.wrongCounts.length === 0, found.wrongCounts.join('; '));
  checks.check('every chunk is what its text says there', found.wrongText === 0);
  const { ok, text } = consistencyFindsNothing(dataDirectory);
  checks.check('npm run cli -- consistency finds nothing', ok, ok ? '' : text);
};

const beforeCrash = async (workspace: Workspace, killAt: number): Promise<{ product: Product; client: ApiClient }> => {
  const product = await workspace.start(BUILTIN);
  const client = await ApiClient.signIn(product.url, OWNER.email, OWNER.password);
  const collectionId = await client.createCollection('Crash');
  await client.uploadAll(collectionId, writeLibrary(join(workspace.folder, 'files'), DOCUMENTS));
  const waiting = DOCUMENTS - killAt;
  await eventually(async () => (await pendingDocuments(workspace.dataDirectory)) <= waiting, READY_SECONDS);
  return { product, client };
};

const BUILTIN = { LLM_PROVIDER: 'builtin', EMBEDDINGS_PROVIDER: 'builtin' } as const;

const crashOnce = async (checks: Checks, seed: number, victim: number): Promise<void> => {
  await using workspace = new Workspace();
  const random = randomFrom(seed);
  const killAt = Math.floor(random() * (DOCUMENTS - 5));
  const { product } = await beforeCrash(workspace, killAt);
  await sleep(Math.floor(random() * JITTER_MS));
  const waiting = await pendingDocuments(workspace.dataDirectory);
  await strike(product, victim);
  checks.note(`killed with ${DOCUMENTS - waiting} of ${DOCUMENTS} documents ready`);

  const begun = performance.now();
  const again = await workspace.start(BUILTIN);
  await eventually(async () => (await pendingDocuments(workspace.dataDirectory)) === 0, READY_SECONDS);
  const seconds = (performance.now() - begun) / 1_000;
  checks.note(`ready again after ${again.ready.seconds.toFixed(1)} s, all documents after ${seconds.toFixed(1)} s`);
  verify(checks, workspace.dataDirectory, await compareStores(workspace.dataDirectory));
  const { survivors } = await again.interrupt();
  checks.check('no process is left', survivors.length === 0, survivors.map(({ command }) => command).join(' | '));
};

const seeds = (): number[] => {
  const given = process.env.SEED?.split(',').map(Number);
  return given ?? Array.from({ length: Number(process.env.RUNS ?? RUNS) }, () => randomInt(SEED_LIMIT));
};

/** `kill -9` at a random moment of ingesting 50 files, then `npm start`. `SEED=1,2` repeats what a run printed. */
export const crashRecovery = async (checks: Checks): Promise<void> => {
  for (const seed of seeds()) {
    for (const [victim, name] of VICTIMS.entries()) {
      await checks.attempt(`kill -9 of ${name}, seed ${seed}`, () => crashOnce(checks, seed, victim));
    }
  }
};
