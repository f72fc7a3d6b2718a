import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { answerFaultOf, faultOf, routeOf, type KnownRoute } from './qdrant-schemas';

interface Point {
  readonly id: string;
  readonly vector: readonly number[];
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Stored {
  readonly size: number;
  readonly indexes: Set<string>;
  readonly points: Map<string, Point>;
}

interface Filter {
  readonly must: readonly { readonly key: string; readonly match: { readonly value: unknown } }[];
}

/** The requests of our adapter, valid by the time they are read as this. */
interface Body {
  readonly vectors: { readonly size: number };
  readonly field_name: string;
  readonly points: readonly (Point & string)[];
  readonly ids: readonly string[];
  readonly filter?: Filter;
  readonly query: readonly number[];
  readonly limit: number;
  readonly offset?: string;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Answers the requests of our adapter as Qdrant does, from memory, on the loopback. It refuses, and remembers, whatever
 * Qdrant's OpenAPI document does not allow, and filters on a field that has no index.
 */
export class QdrantDouble {
  /** Requests and answers that are not as the document says. */
  readonly faults: string[] = [];
  readonly keys = new Set<string | undefined>();
  readonly collections = new Map<string, Stored>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    this.keys.add(request.headers['api-key'] as string | undefined);
    try {
      const url = new URL(request.url ?? '/', 'http://qdrant');
      send(response, 200, this.answer(request.method ?? '', url, text === '' ? undefined : JSON.parse(text)));
    } catch (error) {
      send(response, error instanceof Refusal ? error.status : 500, { status: { error: String(error) }, time: 0.001 });
    }
  }

  private answer(method: string, url: URL, body: unknown): unknown {
    const route = routeOf(method, url.pathname);
    if (!route) throw this.fault(`${method} ${url.pathname}: no such route`);
    this.require(faultOf(route, url, body));
    const isRoot = route.name === 'GET /';
    const answer = isRoot ? VERSION : { result: this.handle(route, body as Body), status: 'ok', time: 0.001 };
    this.require(answerFaultOf(route, answer));
    return answer;
  }

  private require(fault: string | undefined): void {
    if (fault !== undefined) throw this.fault(fault);
  }

  private fault(text: string): Refusal {
    this.faults.push(text);
    return new Refusal(400, text);
  }

  private handle({ name, collection }: KnownRoute, body: Body): unknown {
    if (name === 'PUT /collections/{collection_name}') return this.create(collection, body);
    const stored = this.collections.get(collection);
    if (!stored) throw new Refusal(404, `Not found: Collection \`${collection}\` doesn't exist!`);
    const work = this.works[name];
    if (!work) throw this.fault(`${name}: not answered here`);
    return work(stored, body);
  }

  private create(name: string, { vectors }: Body): boolean {
    if (this.collections.has(name)) {
      throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`);
    }
    this.collections.set(name, { size: vectors.size, indexes: new Set(), points: new Map() });
    return true;
  }

  private readonly works: Readonly<Record<string, (stored: Stored, body: Body) => unknown>> = {
    'GET /collections/{collection_name}': ({ size }) => ({
      status: 'green',
      optimizer_status: 'ok',
      segments_count: 1,
      payload_schema: {},
      config: {
        params: { vectors: { size, distance: 'Cosine' } },
        hnsw_config: { m: 0, ef_construct: 200, full_scan_threshold: 10_000 },
        optimizer_config: {
          deleted_threshold: 0.2,
          vacuum_min_vector_number: 1000,
          default_segment_number: 0,
          flush_interval_sec: 5,
        },
        wal_config: { wal_capacity_mb: 32, wal_segments_ahead: 0 },
      },
    }),
    'PUT /collections/{collection_name}/index': ({ indexes }, { field_name }) => {
      indexes.add(field_name);
      return DONE;
    },
    'PUT /collections/{collection_name}/points': (stored, { points }) => {
      for (const { vector } of points) requireSize(stored, vector);
      for (const point of points) stored.points.set(point.id, point);
      return DONE;
    },
    'POST /collections/{collection_name}/points': ({ points }, { ids }) =>
      ids.flatMap((id) => points.get(id) ?? []).map(({ id, payload }) => ({ id, payload })),
    'POST /collections/{collection_name}/points/delete': (stored, { points, filter }) => {
      const gone = filter ? this.matching(stored, filter).map(({ id }) => id) : points;
      for (const id of gone) stored.points.delete(id);
      return DONE;
    },
    'POST /collections/{collection_name}/points/query': (stored, { query, filter, limit }) => {
      requireSize(stored, query);
      const scored = this.matching(stored, filter).map((point) => ({ ...point, score: cosine(query, point.vector) }));
      const best = scored.toSorted((a, b) => b.score - a.score).slice(0, limit);
      return { points: best.map(({ id, score, payload }) => ({ id, version: 1, score, payload })) };
    },
    'POST /collections/{collection_name}/points/scroll': (stored, { filter, limit, offset = '' }) => {
      const rest = this.matching(stored, filter)
        .filter(({ id }) => id >= offset)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const page = rest.slice(0, limit).map(({ id, payload }) => ({ id, payload }));
      return { points: page, next_page_offset: rest[limit]?.id ?? null };
    },
    'POST /collections/{collection_name}/points/count': (stored, { filter }) => ({
      count: this.matching(stored, filter).length,
    }),
  };

  private matching({ points, indexes }: Stored, filter: Filter = { must: [] }): Point[] {
    for (const { key } of filter.must) if (!indexes.has(key)) throw this.fault(`filter on ${key}, which has no index`);
    return [...points.values()].filter(({ payload }) =>
      filter.must.every(({ key, match }) => payload[key] === match.value),
    );
  }
}

const VERSION = { title: 'qdrant - vector search engine', version: '1.19.0', commit: null };
const DONE = { operation_id: 1, status: 'completed' };

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

const send = (response: ServerResponse, status: number, answer: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
};

const requireSize = ({ size }: Stored, { length }: readonly number[]): void => {
  if (length !== size) {
    throw new Refusal(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${length}`);
  }
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

const cosine = (a: readonly number[], b: readonly number[]): number => {
  const norm = Math.sqrt(dot(a, a) * dot(b, b));
  return norm === 0 ? 0 : dot(a, b) / norm;
};
