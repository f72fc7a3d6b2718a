import type { MessageView } from '#libs/chat';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { activePartsOf, breakouts } from '#test/support/canaries/breakouts';
import { canaryUsers, documentOf, questionsOf, toldOf } from '#test/support/canaries/canary-users';
import {
  ABSENT,
  hasPlantedInstructions,
  plantedInstructions,
  poisoned,
} from '#test/support/canaries/planted-instructions';
import { OllamaProtocolServer, type OllamaMessage } from '#test/support/ollama-server';

/** `npm run acceptance -- canaries` asks with 20 users, 50 questions and every planted instruction. */
const [USERS, QUESTIONS, PLANTED] = [5, 8, 16] as const;

const wholePrompt = (messages: readonly OllamaMessage[]): string => messages.map(({ content }) => content).join('\n');

if (!hasPlantedInstructions()) process.stderr.write(`${ABSENT}\n`);

describe('A model that returns its whole prompt', () => {
  let api: TestApi;
  let model: OllamaProtocolServer;

  beforeAll(async () => {
    model = await OllamaProtocolServer.start({ answer: wholePrompt });
    // Nothing is kept out before it can do harm.
    const screening = { SCREENING_QUARANTINE_PERCENT: '100' };
    api = await TestApi.start({ LLM_PROVIDER: 'ollama', OLLAMA_URL: model.url, ...screening });
  });
  afterAll(async () => {
    await api.close();
    await model.stop();
  });

  const add = async (user: TestUser, documents: Readonly<Record<string, string>>): Promise<void> => {
    const library = new Library(api, user);
    const files = Object.fromEntries(Object.entries(documents).map(([name, text]) => [name, Buffer.from(text)]));
    const { items } = await library.upload(await library.createCollection(), files);
    for (const { id } of items) expect(await library.settled(id)).toMatchObject({ status: 'ready' });
  };
  const ask = (user: TestUser, message: string) => api.http(user).post('/chat').send({ message }).expect(200);

  it('tells each user what is his own, and nothing of anybody else', async () => {
    const users = canaryUsers(USERS);
    const told = await Promise.all(
      users.map(async (user) => {
        const account = await api.createUser();
        await add(account, { 'coffre.md': documentOf(user) });
        const replies: string[] = [];
        for (const question of questionsOf(user, users, QUESTIONS)) replies.push((await ask(account, question)).text);
        return replies.map((reply) => toldOf(reply, users));
      }),
    );
    const strangers = told.map((answers, at) => answers.flat().filter((user) => user !== users[at]));
    expect(strangers.flat()).toEqual([]);
    // Otherwise nothing would have been there to leak.
    expect(told.map((answers, at) => answers[0]?.includes(users[at]!))).toEqual(users.map(() => true));
  });

  (hasPlantedInstructions() ? it : it.skip)(
    'reads what is planted in documents inside their fences, and nothing of it is a link or an image where it is shown',
    async () => {
      const user = await api.createUser();
      const documents = plantedInstructions().slice(0, PLANTED).map(poisoned);
      await add(user, Object.fromEntries(documents.map(({ title, text }) => [`${title}.txt`, text])));
      const broken: unknown[] = [];
      for (const { mark, question } of documents) {
        const answer = (await ask(user, question)).body as MessageView;
        const { messages } = model.to('/api/chat').at(-1)!.body as { messages: OllamaMessage[] };
        // Otherwise nothing would have been there to break out.
        expect(wholePrompt(messages)).toContain(mark);
        const path = `/conversations/${answer.conversationId}/export`;
        const { text } = await api.http(user).get(path).query({ format: 'md' }).expect(200);
        const found = [
          ...breakouts(messages, mark),
          ...activePartsOf(answer.content, { addresses: false }),
          ...activePartsOf(text, { addresses: true }),
        ];
        if (found.length > 0) broken.push({ question, found });
      }
      expect(broken).toEqual([]);
    },
  );
});
