import { join } from 'node:path';

import autocannon from 'autocannon';

import { median } from './measure';
import type { Section } from './report';
import type { Scene } from './scene';

const ROUNDS = 7;
const SECONDS = 2;
const CONNECTIONS = 16;

interface Target {
  readonly url: string;
  /** Absent: nobody. */
  readonly authorization?: string;
}

/** `GET /me`, against a Nest application that says hello, and one that does the least `GET /me` must do. */
export const measureRequests = async (scene: Scene): Promise<Section> => {
  const { programs, project, product, api } = scene;
  const { DATABASE_URL, JWT_SECRET } = product.servers;
  const hello = programs.start({
    command: process.execPath,
    args: [join(__dirname, 'hello-server.js')],
    cwd: project,
    env: { DATABASE_URL, JWT_SECRET },
  });
  const url = await hello.printed(/listening on (\S+)/);
  const { authorization } = api;
  const targets = [`${product.url}/api/v1/me`, `${url}/hello`, `${url}/least`].map((to) => ({
    url: to,
    authorization,
  }));
  const rates = await rounds(targets);
  await programs.stop(hello);
  return sectionOf(rates);
};

/** The same route work for nobody, for a signed-in user and for an API key, in the product's own composition. */
export const measureCredentials = async ({ programs, project, product, api }: Scene): Promise<Section> => {
  const { DATABASE_URL, CHROMA_URL, JWT_SECRET } = product.servers;
  const quiet = { LOG_LEVEL: 'silent', PORT: '0', HOST: '127.0.0.1', WORKER: 'separate', LLM_PROVIDER: 'builtin' };
  const guarded = programs.start({
    command: process.execPath,
    args: [join(__dirname, 'guarded-server.js')],
    cwd: project,
    env: { ...quiet, DATABASE_URL, CHROMA_URL, JWT_SECRET, RATE_LIMIT_PER_MINUTE: '1000000000' },
  });
  const url = `${await guarded.printed(/listening on (\S+)/)}/api/v1/bench`;
  const key = await api.createKey();
  const [open = Number.NaN, signedIn = Number.NaN, withKey = Number.NaN] = await rounds([
    { url: `${url}/open` },
    { url: `${url}/signed-in`, authorization: api.authorization },
    { url: `${url}/signed-in`, authorization: `Bearer ${key}` },
  ]);
  await programs.stop(guarded);
  const row = (name: string, rate: number) => ({
    name,
    ours: perSecond(rate),
    baseline: perSecond(open),
    ratio: rate / open,
  });
  return {
    title: 'Credentials (ours: requests per second with them, baseline: the same work on a public route)',
    rows: [row('an access token', signedIn), row('an API key', withKey)],
  };
};

const rounds = async (targets: readonly Target[]): Promise<number[]> => {
  for (const target of targets) await load(target, 1);
  const rates = targets.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, target] of targets.entries()) rates[at]?.push(await load(target, SECONDS));
  }
  return rates.map(median);
};

/** @returns requests per second */
const load = async ({ url, authorization }: Target, duration: number): Promise<number> => {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration,
    headers: authorization ? { authorization } : {},
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} lost`);
  return result['2xx'] / result.duration;
};

const perSecond = (rate: number): string => `${Math.round(rate)} /s`;

const sectionOf = ([me = Number.NaN, hello = Number.NaN, least = Number.NaN]: readonly number[]): Section => {
  const row = (name: string, rate: number) => ({
    name,
    ours: perSecond(me),
    baseline: perSecond(rate),
    ratio: me / rate,
  });
  return {
    title: `Requests per second (${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turn)`,
    rows: [
      row('GET /me / a bare Nest + Fastify hello', hello),
      row('GET /me / the least it must do: verify a JWT, read a row', least),
    ],
  };
};
