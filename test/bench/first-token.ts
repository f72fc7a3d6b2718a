import { textOf } from './api';
import { inTurn, median, milliseconds } from './measure';
import type { Section } from './report';
import type { Scene } from './scene';

const RUNS = 25;
const WARM_UP = 3;
/** Ten of them are the model's. */
const GOAL_MS = 15;

/** The first token of an answer as server-sent event, against the first line of the same model server. */
export const measureFirstToken = async (scene: Scene): Promise<Section> => {
  const { api, corpus, collectionId, ollamaUrl } = scene;
  const ours: number[] = [];
  const hop: number[] = [];
  const model: number[] = [];
  const direct: number[] = [];
  const ask = async (run: number): Promise<void> => {
    const { firstTokenMs, retrievalMs, modelMs } = await api.chat(corpus.question(run), collectionId);
    ours.push(firstTokenMs);
    model.push(modelMs);
    hop.push(firstTokenMs - retrievalMs);
  };
  await inTurn(RUNS, ask, async () => direct.push(await firstLine(ollamaUrl)), WARM_UP);
  const own = (values: number[]): number => median(values.slice(WARM_UP));
  return {
    title: `First token of an answer (test model server, 10 ms per token, ${RUNS} questions, p50)`,
    rows: [
      {
        name: 'POST /chat, SSE / direct from the model server',
        ours: milliseconds(own(ours)),
        baseline: milliseconds(own(direct)),
        ratio: own(ours) / own(direct),
      },
      {
        name: 'the same without the search before it',
        ours: milliseconds(own(hop)),
        baseline: milliseconds(own(direct)),
        ratio: own(hop) / own(direct),
      },
      { name: 'what we add besides the search', ours: milliseconds(own(hop) - own(direct)) },
      {
        name: 'first token minus retrieval, as the answer tells',
        ours: milliseconds(own(model)),
        baseline: milliseconds(own(direct)),
        ratio: own(model) / own(direct),
        goal: { text: '15 ms or less', isMet: own(model) <= GOAL_MS },
      },
    ],
  };
};

export const askDirectly = (url: string): Promise<Response> =>
  fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'mistral',
      stream: true,
      messages: [{ role: 'user', content: '[1]\nUne source qui dit quelque chose de bien précis.' }],
    }),
  });

const firstLine = async (url: string): Promise<number> => {
  const begun = performance.now();
  const response = await askDirectly(url);
  let first = Number.NaN;
  for await (const piece of textOf(response)) {
    if (Number.isNaN(first) && piece.includes('\n')) first = performance.now() - begun;
  }
  return first;
};
