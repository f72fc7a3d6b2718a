import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

import { eventually, Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { SLIPPING_NAMES } from '#test/support/hostile/archives';
import { type HostileFile } from '#test/support/hostile/hostile-file';
import { GIBIBYTE_FILES, HOSTILE_FILES } from '#test/support/hostile/hostile-files';
import { WebSite } from '#test/support/web-site';

const MEBIBYTE = 1024 * 1024;
/** Half of what a product has, so that the files need not be twice as large. */
const THREAD_MEMORY_MB = 256;
/**
 * What a file may add to the process: the heap of one thread, the PDF engine and the unpacked parts (768 and 128 MiB, see
 * `DEFAULT_EXTRACTION_LIMITS`), and as much again as the thread's heap for copies on their way and what the test makes.
 */
const MOST_MEMORY_MB = THREAD_MEMORY_MB * 2 + 768 + 128;
const SAMPLE_MS = 20;

/** Upload, failure and the good document after it. Milliseconds. */
jest.setTimeout(60_000);

interface Problem {
  readonly code: string;
}

describe('A hostile file', () => {
  const site = new WebSite();
  let api: TestApi;
  let user: TestUser;
  let library: Library;
  let collection: string;
  let before: number;

  beforeAll(async () => {
    await site.start();
    api = await TestApi.start({
      MAX_UPLOAD_MB: '64',
      EXTRACTION_MEMORY_MB: String(THREAD_MEMORY_MB),
      EXTRACTION_TIMEOUT_SECONDS: '10',
      OCR_TIMEOUT_SECONDS: '10',
    });
    user = await api.createUser();
    library = new Library(api, user);
    collection = await library.createCollection();
    await expectGoodOneRead('first');
    before = process.memoryUsage.rss();
  });
  afterAll(async () => {
    await api.close();
    site.stop();
  });

  const addGoodOne = (name: string): Promise<string> =>
    library.add(collection, `bon-${name}.txt`, Buffer.from(`Un bon document après ${name}.`));
  const expectGoodOneRead = async (name: string): Promise<void> => {
    expect(await library.settled(await addGoodOne(name))).toMatchObject({ status: 'ready' });
  };

  /** The largest resident set of this process, worker included, while the work goes on. Bytes. */
  const peakOf = async (work: () => Promise<void>): Promise<number> => {
    let peak = 0;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS);
    await work().finally(() => clearInterval(timer));
    return peak;
  };

  /** What the upload is refused with, or what has become of the document. */
  const outcomeOf = async (filename: string, bytes: Buffer): Promise<string> => {
    const response = await api.http(user).post(`/collections/${collection}/documents`).attach('files', bytes, filename);
    if (response.status !== 202) return (response.body as Problem).code;
    const [{ id } = { id: '' }] = (response.body as { items: { id: string }[] }).items;
    const { status, failure } = await library.settled(id);
    if (status === 'ready') expect((await library.content(id)).text).not.toContain('root:x:0');
    expect(failure?.detail ?? '').not.toMatch(/node_modules|at .+:\d+:\d+|\/tmp\/|127\.0\.0\.1/);
    return failure?.code ?? status;
  };

  const namesOf = (files: readonly HostileFile[]) => files.map((file) => [file.title, file] as const);

  it.each(namesOf([...HOSTILE_FILES, ...GIBIBYTE_FILES]))(
    'fails alone and clearly, or is read, and the next one is read: %s',
    async (title, { filename, make, outcomes }) => {
      const bytes = make(site.url());
      const peak = await peakOf(async () => {
        expect(outcomes).toContain(await outcomeOf(filename, bytes));
        await expectGoodOneRead(title);
      });
      expect((peak - before) / MEBIBYTE).toBeLessThan(MOST_MEMORY_MB);
    },
  );

  it('makes nobody visit the places it names', async () => {
    expect(site.visits).toEqual([]);
    // The site does write down who comes: otherwise this would prove nothing.
    await fetch(site.url('/entity-docx'));
    expect(site.visits.map(({ path }) => path)).toEqual(['/entity-docx']);
  });

  it('writes nothing outside the folder of originals', () => {
    const dataDirectory = String(api.env['DATA_DIR']);
    const folders = [process.cwd(), tmpdir(), dataDirectory, join(dataDirectory, 'files'), '/'];
    const written = folders.flatMap((folder) => SLIPPING_NAMES.map((name) => resolve(folder, name))).filter(existsSync);
    expect(written).toEqual([]);
    const slipped = new Set(SLIPPING_NAMES.map((name) => basename(name)));
    const inside = readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' });
    expect(inside.filter((name) => slipped.has(basename(name)))).toEqual([]);
  });

  it('leaves no document that waits for ever', async () => {
    const pending = async () => {
      const response = await api
        .http(user)
        .get('/documents?filter[status][in]=queued,extracting,chunking,embedding')
        .expect(200);
      return (response.body as { total: number }).total;
    };
    expect(await eventually(pending, (total) => total === 0)).toBe(0);
  });
});
