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
  readonly authorization: string;
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
  const result = await autocannon({ url, connections: CONNECTIONS, duration, headers: { authorization } });
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
