import { milliseconds, pause } from './measure';
import { PeakMemory, sumOf } from './memory';
import { processorTime } from './processor-time';
import type { Row, Section } from './report';
import type { Scene } from './scene';
import { probeSearches, searchGrowthSection, type SearchProbe } from './search-growth';

/** Chunks that are stored before each probe. */
const STORED = [1_000, 10_000, 100_000] as const;
/** Megabytes of text in one file, the size the issue of a large file is asked about. */
const FILE_BYTES = 1_000_000;
const PROBE_FILES = 4;
/** Files handed over at once while filling: enough that the worker never waits. */
const FILL_FILES = 8;
const PATIENCE_SECONDS = 1_800;
const LOOK_EVERY_MS = 20;
/** How much dearer a chunk may be with a hundred times as many beside it. */
const FLAT = 1.25;

interface Probe {
  readonly stored: number;
  readonly msPerChunk: number;
  readonly megabytesPerSecond: number;
  /** Processor time of a chunk, milliseconds. */
  readonly app: number;
  readonly chroma: number;
}

/**
 * Fills one collection with some 200 MB and measures on the way what a chunk costs, what memory it takes, and what a
 * search among so many costs.
 */
export const measureGrowth = async (scene: Scene): Promise<Section[]> => {
  const small = await scene.api.createCollection('Petite collection');
  await new Filler(scene, small).add(1);
  const filler = new Filler(scene, scene.collectionId);
  const single = await filler.add(1);
  const peak = new PeakMemory(scene.product.pid);
  const probes: Probe[] = [];
  const searches: SearchProbe[] = [];
  try {
    for (const stored of STORED) {
      while ((await filler.stored()) < stored) await filler.add(FILL_FILES);
      probes.push(await probeIngestion(scene, filler, stored));
      searches.push(await probeSearches(scene, stored, small));
    }
  } finally {
    peak.stop();
  }
  const ingestion = {
    title: `Growth (${(filler.bytes / 1_000_000).toFixed(0)} MB of Markdown, ${await filler.stored()} chunks in one collection)`,
    rows: [
      { name: 'one file of 1 MB, upload to ready', ours: `${single.seconds.toFixed(2)} s` },
      ...probes.map((probe) => rowOf(probe, probes[0] ?? probe)),
      ...probes.map((probe) => processorRow(probe, probes[0] ?? probe)),
      { name: 'peak memory of all processes meanwhile (PSS)', ours: `${sumOf(peak.highest, 'pss').toFixed(0)} MiB` },
    ],
    notes: [
      ...probes.map(
        ({ stored, chroma }) => `with ${stored} stored, Chroma takes ${milliseconds(chroma)} of processor time a chunk`,
      ),
      ...peak.highest
        .filter(({ pss }) => pss >= 20)
        .map(
          ({ name, pss, peakRss }) =>
            `${name}: PSS ${pss.toFixed(0)} MiB at the peak, highest RSS ${peakRss.toFixed(0)} MiB`,
        ),
    ],
  };
  return [ingestion, searchGrowthSection(searches)];
};

const probeIngestion = async (scene: Scene, filler: Filler, stored: number): Promise<Probe> => {
  const before = processorTime(scene.product.pid);
  const { chunks, seconds, bytes } = await filler.add(PROBE_FILES);
  const after = processorTime(scene.product.pid);
  const took = (role: string): number => ((after.get(role) ?? 0) - (before.get(role) ?? 0)) / chunks;
  return {
    stored,
    msPerChunk: (seconds * 1_000) / chunks,
    megabytesPerSecond: bytes / 1_000_000 / seconds,
    app: took('app'),
    chroma: took('chroma'),
  };
};

/** The application's own part: the rest is Chroma's graph, in which each vector looks for its neighbours. */
const processorRow = ({ stored, app }: Probe, first: Probe): Row => {
  const ratio = app / first.app;
  const name = `processor time of a chunk in the application with ${stored.toLocaleString('en')} stored`;
  const row = { name, ours: milliseconds(app), baseline: milliseconds(first.app), ratio };
  return stored === first.stored ? row : { ...row, goal: { text: `within ${FLAT}`, isMet: ratio <= FLAT } };
};

const rowOf = ({ stored, msPerChunk, megabytesPerSecond }: Probe, first: Probe): Row => {
  const ratio = msPerChunk / first.msPerChunk;
  const name = `cost of a chunk with ${stored.toLocaleString('en')} stored (${megabytesPerSecond.toFixed(2)} MB/s)`;
  const row = { name, ours: `${msPerChunk.toFixed(2)} ms`, baseline: `${first.msPerChunk.toFixed(2)} ms`, ratio };
  return stored === first.stored ? row : { ...row, goal: { text: `within ${FLAT}`, isMet: ratio <= FLAT } };
};

interface Added {
  readonly chunks: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** Brings files of one megabyte, a few at a time, each with text of its own. */
class Filler {
  bytes = 0;
  private files = 0;
  private documents = 0;

  constructor(
    private readonly scene: Scene,
    private readonly collectionId: string,
  ) {}

  async add(count: number): Promise<Added> {
    const before = await this.stored();
    const files = Array.from({ length: count }, () => this.file());
    const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    // Filling takes longer than an access token lives.
    await this.scene.api.signIn();
    const begun = performance.now();
    await this.scene.api.upload(this.collectionId, files);
    await this.allReady();
    const seconds = (performance.now() - begun) / 1_000;
    this.bytes += bytes;
    return { chunks: (await this.stored()) - before, bytes, seconds };
  }

  /** Chunks of the collection, as the database knows them: it costs the product nothing. */
  async stored(): Promise<number> {
    const sql = `SELECT coalesce(sum(chunk_count), 0)::int AS n FROM document WHERE collection_id = $1`;
    const [row] = (await this.scene.pool.query<{ n: number }>(sql, [this.collectionId])).rows;
    return row?.n ?? 0;
  }

  private file(): readonly [string, string] {
    const parts: string[] = [];
    for (let length = 0; length < FILE_BYTES;) {
      const part = this.scene.corpus.document((this.documents += 1) + 100_000);
      parts.push(part);
      length += Buffer.byteLength(part);
    }
    return [`croissance-${(this.files += 1)}.md`, parts.join('\n\n')];
  }

  private async allReady(): Promise<void> {
    const sql = `SELECT count(*) FILTER (WHERE status = 'failed')::int AS failed,
                        count(*) FILTER (WHERE status NOT IN ('ready', 'failed'))::int AS waiting
                   FROM document WHERE collection_id = $1`;
    const end = performance.now() + PATIENCE_SECONDS * 1_000;
    while (performance.now() < end) {
      const [state] = (await this.scene.pool.query<{ failed: number; waiting: number }>(sql, [this.collectionId])).rows;
      if (state && state.failed > 0) throw new Error(`${state.failed} documents failed`);
      if (state?.waiting === 0) return;
      await pause(LOOK_EVERY_MS);
    }
    throw new Error(`Documents were not ready after ${PATIENCE_SECONDS} s`);
  }
}
