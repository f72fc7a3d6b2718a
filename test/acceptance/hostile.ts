import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type HostileFile } from '../support/hostile/hostile-file';
import { GIBIBYTE_FILES, HOSTILE_FILES, SLOW_FILES } from '../support/hostile/hostile-files';
import { WebSite } from '../support/web-site';
import { ApiClient } from './support/api-client';
import type { Checks } from './support/checks';
import { eventually } from './support/eventually';
import { writeLibrary } from './support/library';
import { Load, type LoadTarget } from './support/load';
import type { Product } from './support/product';
import { pendingDocuments } from './support/stores';
import { OWNER, Workspace } from './support/workspace';

const DOCUMENTS = 40;
const READY_SECONDS = 120;
const QUIET_MS = 20_000;
/** The longest a file may be read (120 s) and recognized for, and then some. */
const SETTLE_SECONDS = 300;
const MOST_RATIO = 2;
/**
 * MiB, over what the product had before: the heap of a thread (512), the PDF engine (768), unpacked parts (128) and as
 * much again as the heap for copies on their way.
 */
const MOST_MEMORY = 512 * 2 + 768 + 128;
const KIBIBYTES = 1_024;

interface Written {
  readonly file: HostileFile;
  readonly path: string;
  readonly megabytes: number;
}

/** Before anything is measured: making them takes the processor, too. */
const writeAll = (folder: string, address: string): Written[] =>
  [...HOSTILE_FILES, ...GIBIBYTE_FILES, ...SLOW_FILES].map((file, at) => {
    const own = join(folder, String(at));
    mkdirSync(own, { recursive: true });
    const path = join(own, file.filename);
    const bytes = file.make(address);
    writeFileSync(path, bytes);
    return { file, path, megabytes: bytes.length / 1_000_000 };
  });

/** What the upload is refused with, or what became of the document. */
const outcomeOf = async (client: ApiClient, collectionId: string, path: string): Promise<string> => {
  try {
    const [id = ''] = await client.upload(collectionId, [path]);
    const { status, failure } = await client.settled(id, SETTLE_SECONDS);
    return failure?.code ?? status;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return /"code":"([a-z_.]+)"/.exec(text)?.[1] ?? text;
  }
};

/** @returns titles of files that ended otherwise than they should */
const ingestAll = async (
  checks: Checks,
  client: ApiClient,
  collectionId: string,
  files: readonly Written[],
): Promise<string[]> => {
  const wrong: string[] = [];
  for (const { file, path, megabytes } of files) {
    const begun = performance.now();
    const outcome = await outcomeOf(client, collectionId, path);
    const seconds = (performance.now() - begun) / 1_000;
    checks.note(`| ${file.title} | ${megabytes.toFixed(1)} MB | ${outcome} | ${seconds.toFixed(1)} s |`);
    if (!file.outcomes.includes(outcome)) wrong.push(`${file.title}: ${outcome}`);
  }
  return wrong;
};

const isApp = ({ command }: { readonly command: string }): boolean => /apps\/local\/src\/main\.js/.test(command);
const isNode = (command: string): boolean => /^\S*node\s/.test(command);

/** MiB of the process that is API and worker in one. @param field VmRSS: now, VmHWM: at its peak */
const memoryOf = (product: Product, field: 'VmRSS' | 'VmHWM'): number => {
  const app = product.family().find((one) => isApp(one) && isNode(one.command));
  const status = readFileSync(`/proc/${app?.pid ?? 0}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / KIBIBYTES;
};

const startLoads = (targets: readonly LoadTarget[]): Load[] => targets.map((target) => new Load(target));
const stopLoads = (loads: readonly Load[]): Promise<unknown> => Promise.all(loads.map((load) => load.stop()));

const compare = (
  checks: Checks,
  targets: readonly LoadTarget[],
  quiet: readonly Load[],
  busy: readonly Load[],
): void => {
  for (const [at, { name }] of targets.entries()) {
    const [before, during] = [quiet[at], busy[at]];
    if (!before || !during) continue;
    const [quietP99, busyP99] = [before.percentile(0.99), during.percentile(0.99)];
    const ratio = busyP99 / quietP99;
    const told = (load: Load) =>
      `p50 ${load.percentile(0.5).toFixed(1)} ms, p99 ${load.percentile(0.99).toFixed(1)} ms of ${load.times.length}`;
    checks.note(`${name} quiet: ${told(before)}; meanwhile: ${told(during)}`);
    checks.check(`p99 of ${name} stays within ${MOST_RATIO}x`, ratio <= MOST_RATIO, `${ratio.toFixed(2)}x`);
    checks.check(`no ${name} is refused or lost`, before.refused + during.refused === 0, String(during.refused));
  }
};

const scenario = async (checks: Checks): Promise<void> => {
  await using workspace = new Workspace();
  const { folder, dataDirectory } = workspace;
  const site = new WebSite();
  await site.start();
  const files = writeAll(join(folder, 'hostile'), site.url());
  const settings = { LLM_PROVIDER: 'builtin', EMBEDDINGS_PROVIDER: 'builtin', RATE_LIMIT_PER_MINUTE: '1000000' };
  const product = await workspace.start({ ...settings, MAX_UPLOAD_MB: '64' });
  const client = await ApiClient.signIn(product.url, OWNER.email, OWNER.password);
  const collectionId = await client.createCollection('Crash');
  await client.uploadAll(collectionId, writeLibrary(join(folder, 'files'), DOCUMENTS));
  await eventually(async () => (await pendingDocuments(dataDirectory)) === 0, READY_SECONDS);
  const hostileId = await client.createCollection('Hostile');

  const { token } = client;
  const targets: readonly LoadTarget[] = [
    { name: 'GET /me', method: 'GET', url: `${product.url}/api/v1/me`, token },
    {
      name: 'POST /search',
      method: 'POST',
      url: `${product.url}/api/v1/search`,
      token,
      body: { query: 'Que contrôle la commission ?', collectionIds: [collectionId] },
    },
  ];
  const warm = startLoads(targets);
  await sleep(QUIET_MS / 4);
  await stopLoads(warm);
  const quiet = startLoads(targets);
  await sleep(QUIET_MS);
  await stopLoads(quiet);

  const before = memoryOf(product, 'VmRSS');
  const busy = startLoads(targets);
  const wrong = await ingestAll(checks, client, hostileId, files);
  await stopLoads(busy);
  const peak = memoryOf(product, 'VmHWM');

  checks.check(`${files.length} hostile files end as they should`, wrong.length === 0, wrong.join('; '));
  const good = join(folder, 'bon.txt');
  writeFileSync(good, 'La vie continue.');
  checks.check('a good file is read after them', (await outcomeOf(client, hostileId, good)) === 'ready');
  checks.check('nobody is visited', site.visits.length === 0, site.visits.map(({ path }) => path).join(', '));
  checks.check(
    `memory stays within ${MOST_MEMORY} MiB over what it was`,
    peak - before < MOST_MEMORY,
    `${before.toFixed(0)} MiB before, ${peak.toFixed(0)} MiB at the peak`,
  );
  compare(checks, targets, quiet, busy);
  site.stop();
  await product.interrupt();
};

/** Bombs, loops and lies, one after the other, while the API is asked at a steady pace. */
export const hostile = (checks: Checks): Promise<void> =>
  checks.attempt('Hostile files while the API is asked', () => scenario(checks));
