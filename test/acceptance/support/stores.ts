import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ChromaClient, type Collection } from 'chromadb';
import { Client } from 'pg';

import { databaseOf } from '../../../libs/vector-store/src/adapters/chroma-client';

/** What PostgreSQL and Chroma hold, compared without the product's own code. */
export interface Comparison {
  readonly ready: number;
  readonly failed: number;
  readonly chunks: number;
  readonly vectors: number;
  readonly withoutVector: number;
  readonly withoutChunk: number;
  /** Documents whose number of chunks is not what their row says, with both numbers. */
  readonly wrongCounts: readonly string[];
  /** Chunks whose text is not what their document's text says at their offsets. */
  readonly wrongText: number;
}

interface Running {
  readonly DATABASE_URL: string;
  readonly CHROMA_URL: string;
}

const COLLECTION = 'Crash';
const PAGE = 1_000;

/** Where the product on this data directory has its servers; it says so while it runs. */
const servers = (dataDirectory: string): Running =>
  JSON.parse(readFileSync(join(dataDirectory, 'running.json'), 'utf8')) as Running;

const query = async <Row>(dataDirectory: string, sql: string): Promise<Row[]> => {
  const client = new Client({ connectionString: servers(dataDirectory).DATABASE_URL });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
};

const UPLOADED = `document d JOIN collection c ON c.id = d.collection_id WHERE c.name = '${COLLECTION}'`;

/** Codes of the uploaded documents that failed. */
export const failuresOf = async (dataDirectory: string): Promise<string[]> => {
  const sql = `SELECT d.failure_code AS code FROM ${UPLOADED} AND d.status = 'failed'`;
  return (await query<{ code: string }>(dataDirectory, sql)).map(({ code }) => code);
};

/** Files of documents in storage that no row leads to, and rows whose file is missing. */
export const compareFiles = async (
  dataDirectory: string,
): Promise<{ readonly orphans: number; readonly missing: number }> => {
  const rows = await query<{ key: string }>(dataDirectory, `SELECT storage_key AS key FROM document`);
  const known = new Set(rows.map(({ key }) => key));
  const folder = join(dataDirectory, 'files');
  const stored = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return {
    orphans: stored.filter((key) => !known.has(key)).length,
    missing: missingFrom(new Set(stored), known),
  };
};

/** Uploaded documents that are neither ready nor failed. */
export const pendingDocuments = async (dataDirectory: string): Promise<number> => {
  const sql = `SELECT count(*)::int AS n FROM ${UPLOADED} AND d.status NOT IN ('ready', 'failed')`;
  const [row] = await query<{ n: number }>(dataDirectory, sql);
  return row?.n ?? 0;
};

const allVectorIds = async (dataDirectory: string): Promise<string[]> => {
  const { hostname: host, port } = new URL(servers(dataDirectory).CHROMA_URL);
  const organizations = await query<{ id: string }>(
    dataDirectory,
    `SELECT DISTINCT organization_id AS id FROM collection WHERE revision > 0`,
  );
  const ids: string[] = [];
  for (const { id } of organizations) {
    const chroma = new ChromaClient({ host, port: Number(port), database: databaseOf(id) });
    for (const collection of await chroma.listCollections()) ids.push(...(await idsOf(collection)));
  }
  return ids;
};

const idsOf = async (collection: Collection): Promise<string[]> => {
  const ids: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await collection.get({ limit: PAGE, offset, include: [] });
    ids.push(...page.ids);
    if (page.ids.length < PAGE) return ids;
  }
};

interface ChunkRow {
  readonly vectorId: string;
  readonly documentId: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every row, of whatever generation: one that should have gone counts as one without its vector, or the reverse. */
const CHUNKS = `
  SELECT document_id || ':' || generation || ':' || ordinal AS "vectorId", document_id AS "documentId",
         start_offset AS start, end_offset AS "end", text
    FROM chunk`;
const TEXTS = `
  SELECT t.document_id AS id, t.text FROM document_content t
    JOIN document d ON d.id = t.document_id AND d.generation = t.generation`;
/** The product's own documentation may still be on its way: what was never ready has no chunks yet. */
const WRONG_COUNTS = `
  SELECT d.filename || ': ' || d.chunk_count || ' expected, ' || count(k.id) || ' found, ' || d.status AS found
    FROM document d LEFT JOIN chunk k ON k.document_id = d.id AND k.generation = d.generation
   WHERE d.generation > 0 AND d.deleted_at IS NULL
   GROUP BY d.id, d.chunk_count HAVING count(k.id) <> d.chunk_count OR d.chunk_count = 0`;

const missingFrom = (whole: ReadonlySet<string>, part: ReadonlySet<string>): number =>
  [...part].filter((id) => !whole.has(id)).length;

export const compareStores = async (dataDirectory: string): Promise<Comparison> => {
  const chunks = await query<ChunkRow>(dataDirectory, CHUNKS);
  const texts = new Map(
    (await query<{ id: string; text: string }>(dataDirectory, TEXTS)).map(({ id, text }) => [id, text]),
  );
  const statuses = await query<{ status: string }>(dataDirectory, `SELECT d.status FROM ${UPLOADED}`);
  const vectors = await allVectorIds(dataDirectory);
  const inChroma = new Set(vectors);
  const inSql = new Set(chunks.map(({ vectorId }) => vectorId));
  return {
    ready: statuses.filter(({ status }) => status === 'ready').length,
    failed: statuses.filter(({ status }) => status === 'failed').length,
    chunks: chunks.length,
    vectors: vectors.length,
    withoutVector: missingFrom(inChroma, inSql),
    withoutChunk: missingFrom(inSql, inChroma),
    wrongCounts: (await query<{ found: string }>(dataDirectory, WRONG_COUNTS)).map(({ found }) => found),
    wrongText: chunks.filter((chunk) => texts.get(chunk.documentId)?.slice(chunk.start, chunk.end) !== chunk.text)
      .length,
  };
};
