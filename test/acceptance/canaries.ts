import { activePartsOf, breakouts } from '../support/canaries/breakouts';
import { canaryUsers, documentOf, questionsOf, toldOf, type CanaryUser } from '../support/canaries/canary-users';
import {
  ABSENT,
  hasPlantedInstructions,
  plantedInstructions,
  poisoned,
  type PoisonedDocument,
} from '../support/canaries/planted-instructions';
import { OllamaProtocolServer, type OllamaMessage } from '../support/ollama-server';
import { ApiClient } from './support/api-client';
import type { Checks } from './support/checks';
import type { Product } from './support/product';
import { OWNER, Workspace } from './support/workspace';

const [USERS, QUESTIONS] = [20, 50] as const;
/** People who ask at the same time. */
const AT_ONCE = 4;
const READY_SECONDS = 120;
const SCOPES = ['chat', 'collections:read', 'collections:write', 'documents:read', 'documents:write'];

const wholePrompt = (messages: readonly OllamaMessage[]): string => messages.map(({ content }) => content).join('\n');

/** Somebody who asks as himself, with a key of his own. */
const clientFor = async (owner: ApiClient, product: Product, name: string): Promise<ApiClient> => {
  const person = { email: `${name}@example.org`, displayName: `Test ${name}` };
  const { id: userId } = await owner.json<{ id: string }>('POST', '/admin/users', person);
  const wanted = { userId, name: 'Canaries', scopes: SCOPES };
  const { key } = await owner.json<{ key: string }>('POST', '/admin/api-keys', wanted);
  return ApiClient.withToken(product.url, key);
};

const addText = async (client: ApiClient, collectionId: string, title: string, text: string): Promise<string> => {
  const path = `/collections/${collectionId}/documents/text`;
  const { items } = await client.json<{ items: { id: string }[] }>('POST', path, { title, text });
  return items[0]?.id ?? '';
};

const settle = async (client: ApiClient, ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    const { status, failure } = await client.settled(id, READY_SECONDS);
    if (status !== 'ready') throw new Error(`A document is ${status}: ${failure?.code ?? ''}`);
  }
};

interface Told {
  readonly user: CanaryUser;
  /** By question: whose canaries stood in the answer, in whatever part of it. */
  readonly answers: readonly (readonly CanaryUser[])[];
}

const tell = async (client: ApiClient, user: CanaryUser, users: readonly CanaryUser[]): Promise<Told> => {
  const answers: CanaryUser[][] = [];
  for (const message of questionsOf(user, users, QUESTIONS)) {
    const answer = await client.json<object>('POST', '/chat', { message });
    answers.push(toldOf(JSON.stringify(answer), users));
  }
  return { user, answers };
};

const leaks = async (checks: Checks, owner: ApiClient, product: Product): Promise<void> => {
  const users = canaryUsers(USERS);
  const clients: ApiClient[] = [];
  for (const [at, user] of users.entries()) {
    const client = await clientFor(owner, product, `canary-${at}`);
    const collectionId = await client.createCollection(`Coffre ${at}`);
    await settle(client, [await addText(client, collectionId, 'Coffre', documentOf(user))]);
    clients.push(client);
  }
  const told: Told[] = [];
  for (let from = 0; from < users.length; from += AT_ONCE) {
    const some = users.slice(from, from + AT_ONCE);
    told.push(...(await Promise.all(some.map((user, at) => tell(clients[from + at]!, user, users)))));
  }
  const pairs = told.flatMap(({ user, answers }) =>
    answers.flatMap((canaries) => users.filter((other) => other !== user).map((other) => canaries.includes(other))),
  );
  const own = told.filter(({ user, answers }) => answers.some((canaries) => canaries.includes(user))).length;
  checks.check('each user is told of his own document', own === USERS, `${own} of ${USERS}`);
  const leaked = pairs.filter(Boolean).length;
  checks.check('nobody is told of the document of another', leaked === 0, `${leaked} of ${pairs.length} pairs`);
};

const readMarkdown = async (client: ApiClient, conversationId: string): Promise<string> =>
  client.text(`/conversations/${conversationId}/export?format=md`);

const brokenBy = async (client: ApiClient, model: OllamaProtocolServer, { mark, question }: PoisonedDocument) => {
  const answer = await client.json<{ content: string; conversationId: string }>('POST', '/chat', { message: question });
  const { messages } = model.to('/api/chat').at(-1)?.body as { messages: OllamaMessage[] };
  return {
    isRead: wholePrompt(messages).includes(mark),
    broken: [
      ...breakouts(messages, mark),
      ...activePartsOf(answer.content, { addresses: false }),
      ...activePartsOf(await readMarkdown(client, answer.conversationId), { addresses: true }),
    ],
  };
};

const fences = async (
  checks: Checks,
  owner: ApiClient,
  product: Product,
  model: OllamaProtocolServer,
): Promise<void> => {
  if (!hasPlantedInstructions()) {
    checks.skip('planted instructions stay in their fences', ABSENT);
    return;
  }
  const client = await clientFor(owner, product, 'planted');
  const collectionId = await client.createCollection('Notes');
  const documents = plantedInstructions().map(poisoned);
  const ids: string[] = [];
  for (const { title, text } of documents) ids.push(await addText(client, collectionId, title, text));
  await settle(client, ids);
  let [read, failed] = [0, 0];
  for (const document of documents) {
    const { isRead, broken } = await brokenBy(client, model, document);
    if (isRead) read += 1;
    if (broken.length > 0) {
      failed += 1;
      checks.note(`${JSON.stringify(document.text.slice(0, 160))}: ${broken.slice(0, 3).join(' | ')}`);
    }
  }
  checks.check('planted instructions are read', read >= documents.length * 0.95, `${read} of ${documents.length}`);
  checks.check('none leaves its fence, nor is a link or an image where it is shown', failed === 0, `${failed} did`);
};

/** 20 users with a word each that nobody else may hear, and known attacks, against a model that returns its whole prompt. */
export const canaries = async (checks: Checks): Promise<void> => {
  await checks.attempt('Canaries and fences', async () => {
    await using workspace = new Workspace();
    const model = await OllamaProtocolServer.start({ answer: wholePrompt });
    try {
      const product = await workspace.start({
        ...{ LLM_PROVIDER: 'ollama', OLLAMA_URL: model.url, EMBEDDINGS_PROVIDER: 'builtin' },
        ...{ RATE_LIMIT_PER_MINUTE: '100000', SCREENING_QUARANTINE_PERCENT: '100', CHAT_TITLES: 'question' },
      });
      const owner = await ApiClient.signIn(product.url, OWNER.email, OWNER.password);
      await leaks(checks, owner, product);
      await fences(checks, owner, product, model);
    } finally {
      await model.stop();
    }
  });
};
