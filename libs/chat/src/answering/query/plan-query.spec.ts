import { RewritingConfig } from '#libs/config';
import {
  ExtractiveChatModel,
  ModelUnavailableError,
  ScriptedChatModel,
  type ChatEvent,
  type ChatModel,
  type ChatRequest,
} from '#libs/llm';
import type { SpokenLanguages } from '#libs/retrieval';

import type { Asking } from '../source-finder';
import { PlanQuery } from './plan-query';

const FOLLOW_UP = 'Et pour les cadres ?';
const BEFORE = 'Quel est le délai de préavis des employés ?';
const BY_RULES = { query: 'Et pour les cadres ? délai préavis employés', origin: 'rules' };

const FRENCH: Readonly<Record<string, number>> = { fr: 10 };

const plan = (
  asking: Partial<Asking>,
  model: ChatModel,
  { spoken = FRENCH, limit = 2_000, stopped = new AbortController().signal } = {},
) => {
  const languages = { list: () => Promise.resolve(new Map(Object.entries(spoken))) } as unknown as SpokenLanguages;
  const config = Object.assign(new RewritingConfig(), { queryRewritingTimeoutMs: limit });
  const defaults = { principal: { id: 'u' }, previous: [], locale: 'fr', collectionIds: undefined };
  const whole = { ...defaults, model: () => Promise.resolve(model), ...asking } as Asking;
  return new PlanQuery(languages, config).execute(whole, stopped);
};
const followUp = { question: FOLLOW_UP, previous: [BEFORE] };

/** Says nothing until it is left. */
class SilentModel extends ScriptedChatModel {
  override async *stream({
    signal,
  }: Parameters<ScriptedChatModel['stream']>[0]): ReturnType<ScriptedChatModel['stream']> {
    await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    yield* [];
    throw new ModelUnavailableError({ provider: 'ollama', model: 'slow', reason: 'aborted' });
  }
}

describe('the query of a question', () => {
  it('is made by rules without a model that writes, and says that nobody could translate', async () => {
    const model = new ExtractiveChatModel();
    const { searched, usage } = await plan(followUp, model, { spoken: { en: 9, fr: 1 } });
    expect(searched).toEqual({ ...BY_RULES, translation: 'no_model' });
    expect(usage).toEqual({ promptTokens: 0, completionTokens: 0 });
  });

  it('is a follow-up as the model rewrote it, which saw the questions and no answer', async () => {
    const model = new ScriptedChatModel(['Quel est le délai de ', 'préavis des cadres ?\nVoilà.']);
    const { searched, usage } = await plan(followUp, model);
    const query = 'Quel est le délai de préavis des cadres ?';
    expect(searched).toEqual({ query, origin: 'model', translation: 'unneeded' });
    expect(usage.completionTokens).toBeGreaterThan(0);
    expect(model.requests[0]).toMatchObject({
      turns: [{ role: 'system' }, { content: `Question: ${BEFORE}\nLast question: ${FOLLOW_UP}` }],
      style: { temperature: 0, maxTokens: 80 },
      sources: [],
    });
  });

  it.each([
    ['answers', ['Les cadres bénéficient généralement de trois mois selon la convention collective applicable.']],
    ['repeats its orders', ['Rewrite the last question so that it can be understood']],
    ['says nothing', ['  \n ']],
    ['never ends', Array.from({ length: 2_000 }, () => 'préavis cadres ')],
    ['fails', [new Error('down')]],
  ])('falls back to the rules when the model %s', async (_, script) => {
    const { searched } = await plan(followUp, new ScriptedChatModel(script));
    expect(searched).toEqual({ ...BY_RULES, translation: 'unneeded' });
  });

  it('does not wait for a slow model, nor for anybody after a stop', async () => {
    const model = new SilentModel([]);
    expect((await plan(followUp, model, { limit: 20 })).searched).toMatchObject(BY_RULES);
    const stopped = AbortSignal.abort();
    expect((await plan(followUp, new ScriptedChatModel([]), { stopped })).searched).toMatchObject(BY_RULES);
  });

  it('asks no model for a question that stands alone, nor where rules are wanted', async () => {
    const model = new ScriptedChatModel(['x']);
    let chosen = 0;
    const choose = () => Promise.resolve(((chosen += 1), model));
    await plan({ question: BEFORE, previous: ['Combien de congés ?'], model: choose }, model);
    const { searched } = await plan({ ...followUp, model: choose }, model, { limit: 0, spoken: { en: 1 } });
    expect(chosen).toBe(0);
    expect(searched).toEqual({ ...BY_RULES, translation: 'no_model' });
    expect(model.requests).toEqual([]);
  });

  it('is translated where many documents speak another language', async () => {
    const model = new ScriptedChatModel(['Translation: "What is the notice period of the employees?"']);
    const { searched } = await plan({ question: BEFORE }, model, { spoken: { fr: 5, en: 5, und: 2 } });
    expect(searched).toEqual({
      ...{ query: BEFORE, origin: 'question', translation: 'made' },
      translated: 'What is the notice period of the employees?',
    });
    expect(model.requests[0]?.turns[0]?.content).toContain('into English');
  });

  it('is translated into French for those who ask in English', async () => {
    const model = new ScriptedChatModel(['Quel est le préavis ?']);
    await plan({ question: 'What is the notice period of managers?' }, model, { spoken: { fr: 5 } });
    expect(model.requests[0]?.turns[0]?.content).toContain('into French');
  });

  it('is not what a model repeats of its orders', async () => {
    class Echo extends ScriptedChatModel {
      override async *stream(request: ChatRequest): AsyncIterable<ChatEvent> {
        yield await Promise.resolve({ type: 'text', text: request.turns.map(({ content }) => content).join('\n') });
      }
    }
    const { searched } = await plan({ question: BEFORE }, new Echo([]), { spoken: { en: 5 } });
    expect(searched).toEqual({ query: BEFORE, origin: 'question', translation: 'failed' });
  });

  it('is not translated for a few documents, and says when the model could not', async () => {
    const model = new ScriptedChatModel(['x']);
    const few = await plan({ question: BEFORE }, model, { spoken: { fr: 8, en: 2 } });
    expect([few.searched.translation, model.requests.length]).toEqual(['unneeded', 0]);
    const failed = await plan({ question: BEFORE }, new ScriptedChatModel(['']), { spoken: { en: 2 } });
    expect(failed.searched).toEqual({ query: BEFORE, origin: 'question', translation: 'failed' });
  });
});
