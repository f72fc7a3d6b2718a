import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ApiClient } from './support/api-client';
import { ChromaProcess } from './support/chroma-process';
import type { Checks } from './support/checks';
import { consistencyFindsNothing } from './support/consistency';
import { eventually } from './support/eventually';
import { compareFiles, compareStores, pendingDocuments } from './support/stores';
import { OWNER, Workspace } from './support/workspace';

const DOCUMENTS = 200;
const READY_SECONDS = 300;
const PURGE_SECONDS = 300;
/** Deleted at a time, as an impatient administrator does. */
const DELETED_AT_ONCE = 4;

interface Canary {
  readonly word: string;
  readonly documentId: string;
}

interface SearchAnswer {
  readonly hits: readonly { readonly documentId: string; readonly text: string }[];
}

interface Receipts {
  readonly total: number;
  readonly items: readonly { readonly vectorsBefore: number }[];
}

/** A word no other document has, and no stemmer shortens. */
const wordOf = (place: number): string => `zq${place.toString().padStart(3, '0')}vk`;

const writeCanaries = (folder: string): string[] => {
  mkdirSync(folder);
  return Array.from({ length: DOCUMENTS }, (_, place) => {
    const file = join(folder, `canari-${place}.txt`);
    writeFileSync(file, `Le code du coffre numéro ${place} est ${wordOf(place)}. Il ne faut le dire à personne.`);
    return file;
  });
};

/** Asks for canaries and counts what tells of a deleted one. */
class Watch {
  readonly deleted: Canary[] = [];
  asked = 0;
  found = 0;
  leaks = 0;
  private ended = false;

  constructor(
    private readonly client: ApiClient,
    private readonly living: Set<Canary>,
  ) {}

  /** Deleted ones and, to prove that it would see them, living ones, until it is told to end. */
  async run(): Promise<void> {
    for (let turn = 0; !this.ended; turn += 1) {
      const gone = this.deleted[turn % Math.max(1, this.deleted.length)];
      if (gone) await this.lookForGone(gone, turn % 5 === 0);
      const [alive] = this.living;
      if (alive) await this.lookForLiving(alive);
      await sleep(5);
    }
  }

  end(): void {
    this.ended = true;
  }

  /** In searches of each mode; every so often in an answer, too. */
  async lookForGone({ word, documentId }: Canary, inAnswers: boolean): Promise<void> {
    for (const mode of ['hybrid', 'lexical']) {
      const { hits } = await this.search(word, mode);
      this.count(hits.some((hit) => hit.documentId === documentId || hit.text.includes(word)));
    }
    if (!inAnswers) return;
    const answer = await this.client.ask(`Quel est le code ${word} ?`);
    // The question itself may be repeated; what stands around the word in the document may not.
    this.count(
      answer.citations.some((citation) => citation.documentId === documentId) || answer.content.includes(`est ${word}`),
    );
  }

  private async lookForLiving({ word, documentId }: Canary): Promise<void> {
    const { hits } = await this.search(word, 'hybrid');
    if (hits.some((hit) => hit.documentId === documentId)) this.found += 1;
  }

  private search(query: string, mode: string): Promise<SearchAnswer> {
    return this.client.json('POST', '/search', { query, mode, limit: 50 });
  }

  private count(isLeak: boolean): void {
    this.asked += 1;
    if (isLeak) this.leaks += 1;
  }
}

const deleteAll = async (
  client: ApiClient,
  canaries: readonly Canary[],
  living: Set<Canary>,
  watch: Watch,
): Promise<void> => {
  for (let from = 0; from < canaries.length; from += DELETED_AT_ONCE) {
    const some = canaries.slice(from, from + DELETED_AT_ONCE);
    for (const canary of some) living.delete(canary);
    await Promise.all(
      some.map(async (canary) => {
        await client.remove(`/documents/${canary.documentId}`);
        watch.deleted.push(canary);
        await watch.lookForGone(canary, false);
      }),
    );
  }
};

const scenario = async (checks: Checks): Promise<void> => {
  await using workspace = new Workspace();
  const { dataDirectory, folder } = workspace;
  mkdirSync(join(folder, 'chroma'));
  const chroma = await ChromaProcess.start(join(folder, 'chroma'));
  const settings = { LLM_PROVIDER: 'builtin', EMBEDDINGS_PROVIDER: 'builtin', RATE_LIMIT_PER_MINUTE: '1000000' };
  const product = await workspace.start({ ...settings, CHROMA_URL: chroma.url });
  const client = await ApiClient.signIn(product.url, OWNER.email, OWNER.password);
  const collectionId = await client.createCollection('Crash');
  const ids = await client.uploadAll(collectionId, writeCanaries(join(folder, 'files')));
  const canaries = ids.map((documentId, place): Canary => ({ documentId, word: wordOf(place) }));
  await eventually(async () => (await pendingDocuments(dataDirectory)) === 0, READY_SECONDS);

  await chroma.stop();
  const living = new Set(canaries);
  const watch = new Watch(client, living);
  const watching = Promise.all([watch.run(), watch.run()]);
  await deleteAll(client, canaries, living, watch);
  await sleep(2_000);
  watch.end();
  await watching;
  checks.check(`${DOCUMENTS} deletes answered 204 while Chroma was stopped`, watch.deleted.length === DOCUMENTS);
  checks.check(
    'no search and no answer told of a deleted one',
    watch.leaks === 0,
    `${watch.leaks} of ${watch.asked} looks`,
  );
  checks.check('what lived was found meanwhile, by words', watch.found > 0, `${watch.found} times`);

  await chroma.resume();
  const path = '/admin/deletion-receipts?filter[vectorsAfter]=0&filter[chunksAfter]=0&filter[filesAfter]=0&pageSize=1';
  const receipts = () => client.json<Receipts>('GET', path);
  await eventually(async () => (await receipts()).total === DOCUMENTS, PURGE_SECONDS);
  const { total, items } = await receipts();
  checks.check(
    'every receipt counts nothing left, of vectors that were there',
    total === DOCUMENTS && items[0]?.vectorsBefore === 1,
    `${total} receipts`,
  );
  for (const canary of canaries.slice(0, 20)) await watch.lookForGone(canary, true);
  checks.check('nor after Chroma came back', watch.leaks === 0);
  const stores = await compareStores(dataDirectory);
  checks.check(
    'no orphan in SQL, Chroma and files',
    stores.chunks === stores.vectors && stores.withoutChunk + stores.withoutVector === 0,
    `${stores.chunks} chunks, ${stores.vectors} vectors`,
  );
  const files = await compareFiles(dataDirectory);
  checks.check('no file is lost or left over', files.missing + files.orphans === 0, JSON.stringify(files));
  const { ok, text } = consistencyFindsNothing(dataDirectory);
  checks.check('npm run cli -- consistency finds nothing', ok, ok ? '' : text);
  await product.interrupt();
  await chroma.stop();
};

/** 200 deletes while Chroma is stopped, with canaries asked for throughout. */
export const deletions = (checks: Checks): Promise<void> =>
  checks.attempt(`${DOCUMENTS} deletes while Chroma is stopped`, () => scenario(checks));
