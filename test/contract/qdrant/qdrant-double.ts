import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { answerFaultOf, faultOf, routeOf, type KnownRoute } from './qdrant-schemas';
import { best, isDense, requireSize, type ScoredPoint } from './scores';
import { matching, Refusal, type Point, type Query, type SparseVector, type Stored } from './stored-points';

/** The requests of our adapters, valid by the time they are read as this. */
interface Body extends Query {
  readonly vectors?: { readonly size: number };
  readonly sparse_vectors?: Readonly<Record<string, { readonly modifier?: 'idf' | 'none' }>>;
  readonly field_name: string;
  readonly points: readonly (Point & string)[];
  readonly ids: readonly string[];
  readonly searches: readonly Query[];
  readonly key: string;
  readonly offset?: string;
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
  version = '1.19.0';
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
      if (error instanceof Refusal && error.status === 400) this.faults.push(error.message);
      send(response, error instanceof Refusal ? error.status : 500, { status: { error: String(error) }, time: 0.001 });
    }
  }

  private answer(method: string, url: URL, body: unknown): unknown {
    const route = routeOf(method, url.pathname);
    if (!route) throw this.fault(`${method} ${url.pathname}: no such route`);
    this.require(faultOf(route, url, body));
    const isRoot = route.name === 'GET /';
    const answer = isRoot
      ? { ...ROOT, version: this.version }
      : { result: this.handle(route, body as Body), status: 'ok', time: 0.001 };
    this.require(answerFaultOf(route, answer));
    return answer;
  }

  private require(fault: string | undefined): void {
    if (fault !== undefined) throw this.fault(fault);
  }

  private fault(text: string): Refusal {
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

  private create(name: string, { vectors, sparse_vectors: sparse = {} }: Body): boolean {
    if (this.collections.has(name)) {
      throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`);
    }
    this.collections.set(name, {
      size: vectors?.size,
      sparse: new Map(Object.entries(sparse)),
      indexes: new Set(),
      points: new Map(),
    });
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
      for (const point of points) requireVectors(stored, point);
      for (const point of points) stored.points.set(point.id, kept(point));
      return DONE;
    },
    'POST /collections/{collection_name}/points': ({ points }, { ids }) =>
      ids.flatMap((id) => points.get(id) ?? []).map(({ id, payload }) => ({ id, payload })),
    'POST /collections/{collection_name}/points/delete': (stored, { points, filter }) => {
      const gone = filter ? matching(stored, filter).map(({ id }) => id) : points;
      for (const id of gone) stored.points.delete(id);
      return DONE;
    },
    'POST /collections/{collection_name}/points/query': (stored, body) => found(stored, body),
    'POST /collections/{collection_name}/points/query/batch': (stored, { searches }) =>
      searches.map((query) => found(stored, query)),
    'POST /collections/{collection_name}/facet': (stored, { key, filter, limit }) => {
      if (!stored.indexes.has(key)) throw new Refusal(400, `facet on ${key}, which has no index`);
      const groups = Map.groupBy(matching(stored, filter), ({ payload }) => payload[key]);
      return { hits: Array.from(groups, ([value, { length: count }]) => ({ value, count })).slice(0, limit) };
    },
    'POST /collections/{collection_name}/points/scroll': (stored, { filter, limit, offset = '' }) => {
      const rest = matching(stored, filter)
        .filter(({ id }) => id >= offset)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const page = rest.slice(0, limit).map(({ id, payload }) => ({ id, payload }));
      return { points: page, next_page_offset: rest[limit]?.id ?? null };
    },
    'POST /collections/{collection_name}/points/count': (stored, { filter }) => ({
      count: matching(stored, filter).length,
    }),
  };
}

const ROOT = { title: 'qdrant - vector search engine', commit: null };
const DONE = { operation_id: 1, status: 'completed' };

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

const send = (response: ServerResponse, status: number, answer: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
};

const found = (stored: Stored, query: Query) => ({ points: best(stored, query).map((point) => shown(point, query)) });

const shown = ({ id, score, payload, vector }: ScoredPoint, { with_payload, with_vector }: Query) => ({
  id,
  version: 1,
  score,
  ...(with_payload === false ? {} : { payload }),
  ...(with_vector && !isDense(vector)
    ? { vector: Object.fromEntries(with_vector.map((name) => [name, vector[name]])) }
    : {}),
});

const requireVectors = (stored: Stored, { vector }: Point): void => {
  if (isDense(vector)) requireSize(stored, vector);
  for (const [name, { indices, values }] of isDense(vector) ? [] : Object.entries(vector)) {
    if (!stored.sparse.has(name)) throw new Refusal(400, `Wrong input: Not existing vector name error: ${name}`);
    if (indices.length !== values.length) throw new Refusal(400, 'must be the same length as indices');
    if (new Set(indices).size !== indices.length) throw new Refusal(400, 'indices must be unique');
  }
};

/** As Qdrant gives them back: sorted, in 32 bits. */
const kept = (point: Point): Point => {
  if (isDense(point.vector)) return point;
  const sorted = ({ indices, values }: SparseVector): SparseVector => {
    const order = indices.map((index, at) => [index, Math.fround(values[at] ?? 0)] as const);
    order.sort(([a], [b]) => a - b);
    return { indices: order.map(([index]) => index), values: order.map(([, value]) => value) };
  };
  const vector = Object.fromEntries(Object.entries(point.vector).map(([name, one]) => [name, sorted(one)]));
  return { ...point, vector };
};
