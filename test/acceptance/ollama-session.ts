import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { runCurlSession } from './curl-session';
import { ApiClient, type Answer, type ReceivedEvent } from './support/api-client';
import type { Checks } from './support/checks';
import { eventually } from './support/eventually';
import { familyOf, leftOver, signal } from './support/processes';
import type { Product } from './support/product';
import { OWNER, PROJECT, Workspace } from './support/workspace';

const QUESTION = 'Que doit contenir le dossier de garantie, et qui le vérifie ?';
const DOCUMENT = [
  '# Garantie',
  'Le dossier de garantie doit contenir la facture, le numéro de série et une photographie du défaut constaté.',
  'Le responsable de l’atelier vérifie le dossier de garantie dans un délai de cinq jours ouvrés après sa réception.',
  'Un dossier de garantie incomplet est renvoyé au client avec la liste des pièces qui manquent encore.',
].join('\n\n');
const TOKENS_BEFORE_KILL = 5;
const READY_SECONDS = 120;

/** The model server, in a process of its own. */
class ModelProcess {
  private text = '';

  private constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => (this.text += piece));
  }

  static async start(): Promise<ModelProcess> {
    const script = join(PROJECT, 'dist', 'test', 'acceptance', 'support', 'honest-model.js');
    const model = new ModelProcess(spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] }));
    if (!(await eventually(() => model.url !== '', 30))) throw new Error('The model server does not listen');
    return model;
  }

  get url(): string {
    return /^listening (\S+)$/m.exec(this.text)?.[1] ?? '';
  }

  /** When the latest whole answer was out, in milliseconds since 1970. */
  get finishedAt(): number {
    return Number(/finished (\d+)\s*$/.exec(this.text)?.[1] ?? 0);
  }

  kill(): void {
    signal(this.child.pid ?? 0, 'SIGKILL');
  }
}

const addDocument = async (client: ApiClient): Promise<string> => {
  const collectionId = await client.createCollection('Garantie');
  const { items } = await client.json<{ items?: { id: string }[]; id?: string }>(
    'POST',
    `/collections/${collectionId}/documents/text`,
    { title: 'Garantie', text: DOCUMENT },
  );
  const id = items?.[0]?.id ?? '';
  const { status } = await client.settled(id, READY_SECONDS);
  if (status !== 'ready') throw new Error(`The document is ${status}`);
  return collectionId;
};

const tokensOf = (events: readonly ReceivedEvent[]): ReceivedEvent[] => events.filter(({ event }) => event === 'token');
const lastAnswer = (events: readonly ReceivedEvent[]): Answer =>
  events.find(({ event }) => event === 'done')?.data as Answer;

const streams = async (checks: Checks, client: ApiClient, model: ModelProcess, collectionId: string): Promise<void> => {
  const events: ReceivedEvent[] = [];
  const asked = Date.now();
  await client.askStreaming(QUESTION, [collectionId], (event) => events.push(event));
  await eventually(() => model.finishedAt >= asked, 10);
  const tokens = tokensOf(events);
  const early = tokens.filter(({ at }) => at < model.finishedAt).length;
  const [first] = tokens;
  checks.check(
    'tokens arrive while the model still writes',
    early >= tokens.length / 2 && early > 1,
    `${early} of ${tokens.length} before the model had finished; the first ${(first?.at ?? 0) - asked} ms after the question, the model's end after ${model.finishedAt - asked} ms`,
  );
  const order = events.map(({ event }) => event).filter((event, at, all) => event !== all[at - 1]);
  checks.check('the events come in order', order.join(' ') === 'message sources token citations done', order.join(' '));
  await checkAnswer(checks, client, lastAnswer(events), 'ollama');
};

const checkAnswer = async (checks: Checks, client: ApiClient, answer: Answer, provider: string): Promise<void> => {
  checks.check(`the answer is by ${provider}`, answer.provider === provider, `${answer.provider} ${answer.model}`);
  const wrong = await client.falseCitations(answer);
  const cited = answer.grounded && answer.citations.length > 0 && wrong.length === 0;
  checks.check('it is grounded and every quote is exact', cited, `${answer.citations.length} citations`);
};

const killedMidAnswer = async (
  checks: Checks,
  client: ApiClient,
  model: ModelProcess,
  collectionId: string,
): Promise<void> => {
  const events: ReceivedEvent[] = [];
  let killedAt = 0;
  await client.askStreaming(QUESTION, [collectionId], (event) => {
    events.push(event);
    if (killedAt > 0 || tokensOf(events).length < TOKENS_BEFORE_KILL) return;
    killedAt = Date.now();
    model.kill();
  });
  const answer = lastAnswer(events);
  checks.note(`model killed after ${TOKENS_BEFORE_KILL} tokens; whole answer ${Date.now() - killedAt} ms later`);
  checks.note(`content: ${answer.content}`);
  const { degraded } = answer;
  checks.check('killed mid-answer: it is marked as degraded, with the reason', Boolean(degraded), degraded);
  await checkAnswer(checks, client, answer, 'builtin');
};

const withoutModel = async (checks: Checks, client: ApiClient, collectionId: string): Promise<void> => {
  const begun = Date.now();
  const answer = await client.ask(QUESTION, [collectionId]);
  const degraded = answer.degraded ?? '';
  checks.check('asked again while it is down: degraded, with the reason', degraded !== '', degraded);
  checks.note(`answered in ${Date.now() - begun} ms`);
  await checkAnswer(checks, client, answer, 'builtin');
};

const sessionWith = async (checks: Checks, product: Product, model: ModelProcess): Promise<void> => {
  await runCurlSession(checks, product);
  const client = await ApiClient.signIn(product.url, OWNER.email, OWNER.password);
  const collectionId = await addDocument(client);
  const path = `/collections/${collectionId}`;
  const { embeddingModel } = await client.json<{ embeddingModel: string }>('GET', path);
  checks.check('auto embeds with Ollama', embeddingModel.includes('nomic'), embeddingModel);
  await streams(checks, client, model, collectionId);
  await killedMidAnswer(checks, client, model, collectionId);
  await withoutModel(checks, client, collectionId);
};

/** The same with a server that speaks Ollama's protocol, found by `auto`; then it is killed in the middle of an answer. */
export const ollamaSession = async (checks: Checks): Promise<void> => {
  await checks.attempt('A session with a model server', async () => {
    await using workspace = new Workspace();
    const model = await ModelProcess.start();
    const family = familyOf(model.child.pid ?? 0);
    try {
      // What the model writes is timed here, so it writes answers alone.
      const answers = { OLLAMA_URL: model.url, CHAT_TITLES: 'question' };
      const auto = { LLM_PROVIDER: 'auto', EMBEDDINGS_PROVIDER: 'auto', ...answers };
      const product = await workspace.start(auto);
      await sessionWith(checks, product, model);
      const { survivors } = await product.interrupt();
      checks.check('no process is left', survivors.length === 0);
    } finally {
      model.kill();
      await leftOver(family);
    }
  });
};
