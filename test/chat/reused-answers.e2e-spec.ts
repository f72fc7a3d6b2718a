import fc from 'fast-check';

import type { MessageView } from '#libs/chat';
import { Library } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { OllamaProtocolServer, type OllamaMessage } from '#test/support/ollama-server';

const QUESTIONS = ['Quel est le code du coffre ?', 'Qui garde le coffre ?'] as const;
/** Everything the model was told but the code of the request, so that an answer shows what it rests on. */
const echo = (messages: readonly OllamaMessage[]): string =>
  messages.map(({ content }) => content.replaceAll(/\b[0-9a-f]{12}\b/g, 'code')).join('\n');

const ACTS = ['ask', 'ask', 'ask', 'grant', 'revoke', 'add', 'remove', 'disable'] as const;
const drawnActs = fc.array(fc.record({ act: fc.constantFrom(...ACTS), who: fc.nat(1), what: fc.nat(1) }), {
  minLength: 14,
  maxLength: 14,
});

describe('An answer that may be taken again', () => {
  let api: TestApi;
  let model: OllamaProtocolServer;

  beforeAll(async () => {
    model = await OllamaProtocolServer.start({ answer: echo });
    api = await TestApi.start({ LLM_PROVIDER: 'ollama', OLLAMA_URL: model.url });
  });
  afterAll(async () => {
    await api.close();
    await model.stop();
  });

  const ask = async (user: TestUser, body: object): Promise<MessageView> =>
    (await api.http(user).post('/chat').send(body).expect(200)).body as MessageView;
  const written = (): number => model.to('/api/chat').length;
  const hits = async (): Promise<number> => {
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    return Number(/^answer_reuse_total\{outcome="hit"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  };
  const add = async (library: Library, collectionId: string, text: string): Promise<string> => {
    const id = await library.add(collectionId, 'note.md', Buffer.from(text));
    expect(await library.settled(id)).toMatchObject({ status: 'ready' });
    return id;
  };

  it('is written once, verified again, and used no tokens; unasked, it is written anew', async () => {
    const user = await api.createUser();
    const library = new Library(api, user);
    await add(library, await library.createCollection(), 'Le code du coffre est 1234.\n');
    const message = QUESTIONS[0];
    const before = written();
    const first = await ask(user, { message, reuse: true });
    const again = await ask(user, { message, reuse: true });
    expect(written()).toBe(before + 1);
    expect(again).toMatchObject({
      reused: true,
      content: first.content,
      usage: { promptTokens: 0, completionTokens: 0 },
    });
    expect(again.citations).toEqual(first.citations);
    expect(first).not.toHaveProperty('reused');
    expect(await ask(user, { message })).not.toHaveProperty('reused');
    expect(written()).toBe(before + 2);
    // A colleague who may read something else is told by the model himself, were the words the same.
    const colleague = await api.createUser();
    expect(await ask(colleague, { message, reuse: true })).not.toHaveProperty('reused');
  });

  it('is asked for by an assistant, too, unless the question says otherwise', async () => {
    const [admin, user] = [await api.createUser('admin'), await api.createUser()];
    const library = new Library(api, user);
    await add(library, await library.createCollection(), 'Le code du coffre est 1234.\n');
    const wanted = { name: 'Redites', reusesAnswers: true };
    const { id: assistantId } = (await api.http(admin).post('/admin/assistants').send(wanted).expect(201))
      .body as MessageView;
    const body = { message: QUESTIONS[0], assistantId };
    await ask(user, body);
    expect(await ask(user, body)).toMatchObject({ reused: true });
    expect(await ask(user, { ...body, reuse: false })).not.toHaveProperty('reused');
  });

  /** The search is made anew each time; only its scores may be in motion while indexes catch up. */
  const said = ({ content, sources, citations }: MessageView) => ({
    content,
    citations,
    sources: sources.map(({ chunkId }) => chunkId),
  });

  /** Two people, one collection of the first one's, and what may happen to it. */
  const worldOf = async (secret: string) => {
    const people = [await api.createUser(), await api.createUser()] as const;
    const [owner, reader] = people;
    const library = new Library(api, owner);
    const collectionId = await library.createCollection();
    const grants = `/collections/${collectionId}/grants`;
    const documents = [await add(library, collectionId, `Le code du coffre est ${secret}00.\n`)];
    const http = api.http(owner);
    return {
      people,
      acts: {
        grant: () => http.put(grants).send({ userId: reader.id, role: 'reader' }).expect(204),
        revoke: () => http.delete(grants).query({ userId: reader.id }),
        add: async (at: number) =>
          void documents.push(await add(library, collectionId, `Le coffre ${secret}${at} a le code ${at}9.\n`)),
        remove: async () => {
          if (documents.length > 1) await http.delete(`/documents/${documents.shift()}`).expect(204);
        },
        disable: async (at: number) => {
          const path = `/documents/${documents.at(-1)!}/chunks`;
          const [chunk] = await library.chunks(documents.at(-1)!);
          await http
            .patch(`${path}/${chunk!.id}`)
            .send({ disabled: at % 2 === 0 })
            .expect(200);
        },
      },
    };
  };

  it('is what a fresh one would be, whatever was granted, revoked, added, deleted and disabled meanwhile', async () => {
    const before = await hits();
    let drawn = 0;
    const property = fc.asyncProperty(drawnActs, async (acts) => {
      const world = await worldOf(String((drawn += 1)));
      for (const [at, { act, who, what }] of acts.entries()) {
        if (act !== 'ask') await world.acts[act](at);
        else {
          const [asker, message] = [world.people[who]!, QUESTIONS[what]!];
          const known = await ask(asker, { message, reuse: true });
          const repeated = await ask(asker, { message, reuse: true });
          const fresh = await ask(asker, { message });
          expect([said(known), said(repeated)]).toEqual([said(fresh), said(fresh)]);
        }
      }
    });
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
    // Otherwise nothing would have been taken again.
    expect(await hits()).toBeGreaterThan(before);
  });
});
