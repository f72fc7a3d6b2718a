import { textOf } from './api';
import { askDirectly } from './first-token';
import { mean, milliseconds, pause } from './measure';
import type { Section } from './report';
import type { Scene } from './scene';

const STREAMS = 20;
const ROUNDS = 4;
const LEAVERS = 5;
const RATE_GOAL = 0.95;
const CANCEL_GOAL_MS = 1_000;
const SECOND = 1_000;
/** Fewer tokens say little about a rate. */
const FEWEST_TOKENS = 20;

/** Tokens per second of one answer, from its first token to its last. */
const rateOf = async (answer: Promise<Response>, token: RegExp): Promise<number> => {
  let tokens = 0;
  let first = 0;
  let last = 0;
  for await (const piece of textOf(await answer)) {
    const count = piece.match(token)?.length ?? 0;
    if (count === 0) continue;
    last = performance.now();
    if (tokens === 0) first = last;
    tokens += count;
  }
  if (tokens < FEWEST_TOKENS) throw new Error(`The answer has ${tokens} tokens only`);
  return ((tokens - 1) * SECOND) / (last - first);
};

const together = (open: (stream: number) => Promise<number>): Promise<number[]> =>
  Promise.all(Array.from({ length: STREAMS }, (_, stream) => open(stream)));

/** Milliseconds from a client that leaves to a model that writes nothing any more. */
const leave = async ({ api, corpus, collectionId, ollamaUrl }: Scene, run: number): Promise<number> => {
  const leaving = new AbortController();
  const response = await api.ask(corpus.question(run), collectionId, leaving.signal);
  for await (const piece of textOf(response)) if (piece.includes('event: token')) break;
  const left = performance.now();
  leaving.abort();
  while ((await openChats(ollamaUrl)) > 0) await pause(5);
  return performance.now() - left;
};

const openChats = async (url: string): Promise<number> =>
  ((await (await fetch(`${url}/test/open-chats`)).json()) as { open: number }).open;

/** How fast answers flow through us, many at a time, and how soon the model is free when a reader leaves. */
export const measureStreaming = async (scene: Scene): Promise<Section> => {
  const { api, corpus, collectionId, ollamaUrl } = scene;
  const ours: number[] = [];
  const direct: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ask = (stream: number) => api.ask(corpus.question(round * STREAMS + stream), collectionId);
    ours.push(...(await together((stream) => rateOf(ask(stream), /^event: token$/gm))));
    direct.push(...(await together(() => rateOf(askDirectly(ollamaUrl), /"done":false/g))));
  }
  const left: number[] = [];
  for (let run = 0; run < LEAVERS; run += 1) left.push(await leave(scene, run));
  const ratio = mean(ours) / mean(direct);
  return {
    title: `Streaming (test model server, 10 ms per token, ${STREAMS} streams at once, ${ROUNDS} rounds in turn)`,
    rows: [
      {
        name: 'tokens per second of a stream: POST /chat, SSE / direct',
        ours: mean(ours).toFixed(1),
        baseline: mean(direct).toFixed(1),
        ratio,
        goal: { text: '0.95 or more', isMet: ratio >= RATE_GOAL },
      },
      {
        name: `a reader leaves until the model is free, longest of ${LEAVERS}`,
        ours: milliseconds(Math.max(...left)),
        goal: { text: '1 s or less', isMet: Math.max(...left) <= CANCEL_GOAL_MS },
      },
    ],
  };
};
