import { Logger } from '@nestjs/common';

import type { Principal } from '#libs/http';
import { Clock, RandomIds } from '#libs/kernel';
import {
  AnswerModels,
  ChatModel,
  ModelUnavailableError,
  NO_ANSWER_TEXT,
  ScriptedChatModel,
  type ChatEvent,
  type ChatRequest,
} from '#libs/llm';

import type { MessageView } from '../message/message.view';
import type { RetrievedSource } from '../message/stored-source';
import type { AnswerTuning } from '../tuning/answer-tuning';
import { TuneAnswer } from '../tuning/tune-answer';
import type { AnswerEvent } from './answer-events';
import { AnswerLedger, type FinishedAnswer } from './answer-ledger';
import { AnswerRun } from './answer-run';
import type { AnswerTask } from './answer-task';
import { FindPassages } from './find-passages';
import { SourceFinder, type Asking, type FoundSources } from './source-finder';
import { WriteAnswer } from './write-answer';
import { WriteDraft } from './write-draft';

// Takeovers are logged; here they are the point.
beforeAll(() => void Logger.overrideLogger(false));

const PRINCIPAL: Principal = { id: 'u', organizationId: 'o', role: 'user', sessionId: 's', locale: 'fr' };
const IDS = { id: 'answer', conversationId: 'conversation', parentId: 'question' };
const TEXTS = ['Les congés annuels sont de 25 jours ouvrés par an.', 'Le préavis est de trois mois pour les cadres.'];
const SOURCES: RetrievedSource[] = TEXTS.map((text, place) => ({
  ...{ marker: place + 1, documentId: `d${place + 1}`, chunkId: `c${place + 1}` },
  ...{ title: 'Guide', score: 1 - place / 10 },
  ...{ text, start: 100, end: 100 + text.length },
}));
const GOOD = ['Vous avez 25 jours ouvrés ', 'de congés annuels [', '1', '].'];
const unavailable = (reason: 'timeout' | 'unreachable') =>
  new ModelUnavailableError({ provider: 'ollama', model: 'mistral', reason });

class TickingClock extends Clock {
  private time = 0;
  override now(): Date {
    return new Date((this.time += 5));
  }
}

class FixedSources extends SourceFinder {
  readonly asked: Asking[] = [];
  constructor(private readonly found: FoundSources | Error) {
    super();
  }
  override requireReadable(): Promise<void> {
    return Promise.resolve();
  }
  override find(asking: Asking): Promise<FoundSources> {
    this.asked.push(asking);
    return this.found instanceof Error ? Promise.reject(this.found) : Promise.resolve(this.found);
  }
}

class RememberingLedger extends AnswerLedger {
  failures: string[] = [];
  answer: FinishedAnswer | undefined;
  constructor(private readonly live: readonly string[] = ['c1', 'c2']) {
    super();
  }
  override finish(
    id: string,
    _chunkIds: readonly string[],
    decide: (live: ReadonlySet<string>) => FinishedAnswer,
  ): Promise<MessageView> {
    this.answer = decide(new Set(this.live));
    const { degraded, citations, contextUsed, dropped, ...answer } = this.answer;
    return Promise.resolve({
      ...IDS,
      id,
      role: 'assistant',
      createdAt: '',
      ...answer,
      citations: citations.map((citation) => ({ ...citation, source: 'current' as const })),
      ...(contextUsed && { contextUsed }),
      ...(dropped && { dropped }),
      ...(degraded !== null && { degraded }),
    });
  }
  override fail(_id: string, code: string): Promise<void> {
    this.failures.push(code);
    return Promise.resolve();
  }
}

/** Writes a word, then waits to be stopped, as a slow model server does. */
class EndlessChatModel extends ChatModel {
  override readonly provider = 'endless';
  override readonly model = 'endless-v1';
  override async *stream({ signal }: ChatRequest): AsyncIterable<ChatEvent> {
    yield { type: 'text', text: 'Vous avez 25 jours ouvrés de congés annuels [1]. Et puis' };
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(unavailable('timeout'))));
  }
}

/** Nothing is taken again here. */
const FRESH = { draft: (_writing: unknown, write: () => unknown) => write() };
class NamedModel extends ScriptedChatModel {
  override readonly model: string;
  constructor(name: string, script: readonly (string | Error)[]) {
    super(script);
    this.model = name;
  }
}

interface Scene {
  readonly primary?: ChatModel;
  readonly extractive?: ChatModel;
  /** Asked before the primary one. */
  readonly wished?: readonly ChatModel[];
  readonly found?: FoundSources | Error;
  readonly ledger?: RememberingLedger;
  readonly task?: Partial<AnswerTask>;
  readonly tuning?: AnswerTuning;
  readonly onEvent?: (event: AnswerEvent, run: AnswerRun) => void;
}

const answer = async (scene: Scene = {}) => {
  const finder = new FixedSources(scene.found ?? { sources: SOURCES, degraded: undefined });
  const primary = scene.primary ?? new ScriptedChatModel(GOOD);
  const extractive =
    scene.extractive ?? new NamedModel('extractive', ['Les congés annuels sont de 25 jours ouvrés par an. [1]']);
  const ledger = scene.ledger ?? new RememberingLedger();
  const observed: MessageView[] = [];
  const observer = { answered: (message: MessageView) => observed.push(message) };
  const models = new AnswerModels(primary, extractive);
  const chain = models.chain([]);
  const chosen = { chainFor: () => Promise.resolve({ ...chain, models: [...(scene.wished ?? []), ...chain.models] }) };
  const compared = { execute: () => Promise.resolve(undefined) };
  const tuner = new TuneAnswer({ of: () => Promise.resolve(scene.tuning ?? {}) } as never);
  const writer = new WriteAnswer(
    ...([chosen as never, new FindPassages(finder, tuner)] as const),
    new WriteDraft(models, FRESH as never, new RandomIds()),
    ...([compared as never, ledger, observer as never, new TickingClock()] as const),
  );
  const run = new AnswerRun(IDS, PRINCIPAL.id);
  const task: AnswerTask = {
    ...{ principal: PRINCIPAL, question: 'Combien de jours de congés annuels ?', history: [] },
    collectionIds: undefined,
    locale: 'fr',
    ...scene.task,
  };
  const events: AnswerEvent[] = [];
  const reading = (async () => {
    for await (const { event } of run.events(0, new AbortController().signal)) {
      events.push(event);
      scene.onEvent?.(event, run);
    }
  })();
  await writer.execute(task, run);
  await reading;
  const tokens = events.flatMap((event) => (event.type === 'token' ? [event.data.text] : []));
  const last = events.at(-1);
  return { events, tokens, ledger, finder, primary, observed, done: last?.type === 'done' ? last.data : undefined };
};

const types = (events: readonly AnswerEvent[]) => events.map(({ type }) => type);

describe('writing an answer', () => {
  it('tells ids, sources, tokens, citations and the whole message, in this order', async () => {
    const { events, tokens, done, observed } = await answer();
    expect([...new Set(types(events))]).toEqual(['message', 'sources', 'token', 'citations', 'done']);
    expect(tokens.join('')).toBe('Vous avez 25 jours ouvrés de congés annuels [1].');
    expect(done).toMatchObject({
      content: 'Vous avez 25 jours ouvrés de congés annuels [1].',
      citations: [{ marker: 1, chunkId: 'c1', quote: TEXTS[0], start: 100, end: 100 + TEXTS[0]!.length }],
      ...{ status: 'complete', grounded: true, provider: 'scripted', model: 'scripted-v1' },
    });
    expect(done).not.toHaveProperty('degraded');
    expect(done!.timings!.totalMs).toBeGreaterThan(done!.timings!.firstTokenMs!);
    expect(observed).toEqual([done]);
  });

  it('stores where sources stand and not what they say', async () => {
    const { ledger } = await answer();
    expect(ledger.answer!.sources.map((source) => 'text' in source)).toEqual([false, false]);
  });

  it('asks no model when nothing was found', async () => {
    const primary = new ScriptedChatModel(['Je sais tout.']);
    const { done, tokens } = await answer({ primary, found: { sources: [], degraded: undefined } });
    expect(primary.requests).toEqual([]);
    expect(done).toMatchObject({ content: NO_ANSWER_TEXT.fr, citations: [], grounded: false, status: 'complete' });
    expect(tokens).toEqual([NO_ANSWER_TEXT.fr]);
  });

  it('is not grounded when the model says that the sources do not answer', async () => {
    const { done } = await answer({
      primary: new ScriptedChatModel(['Les sources ne répondent pas à la question [1].']),
    });
    expect(done).toMatchObject({
      citations: [],
      grounded: false,
      content: 'Les sources ne répondent pas à la question.',
    });
  });

  it('tells the model how rare words are, and what a follow-up was searched with, and lets it write that', async () => {
    const primary = new ScriptedChatModel(GOOD);
    const termWeight = (stem: string) => stem.length;
    const { finder } = await answer({
      primary,
      found: { sources: SOURCES, degraded: undefined, query: 'Et pour les cadres ? préavis', termWeight },
      task: { question: 'Et pour les cadres ?' },
    });
    expect(await finder.asked[0]?.model()).toBe(primary);
    expect(primary.requests[0]).toMatchObject({
      question: 'Et pour les cadres ?',
      query: 'Et pour les cadres ? préavis',
      termWeight,
    });
  });

  it('gives the model fenced sources and the extractive one the same sources', async () => {
    const primary = new ScriptedChatModel(GOOD);
    await answer({ primary });
    const [request] = primary.requests;
    expect(request!.sources.map(({ marker }) => marker)).toEqual([1, 2]);
    expect(request!.turns.at(-1)!.content).toMatch(/<<<SOURCE 2 [\da-f]{12}>>>/);
  });

  it('looks for sources knowing the questions before, newest first, and not the answers', async () => {
    const { finder } = await answer({
      task: {
        question: 'Et pour les cadres ?',
        history: [
          { role: 'user', content: 'Quels délais y a-t-il ?' },
          { role: 'assistant', content: 'Un mois [1].' },
          { role: 'user', content: 'Quel est le délai de préavis ?' },
        ],
      },
    });
    expect(finder.asked).toMatchObject([
      { question: 'Et pour les cadres ?', previous: ['Quel est le délai de préavis ?', 'Quels délais y a-t-il ?'] },
    ]);
  });

  it('counts the tokens that finding the query took', async () => {
    const spent = { promptTokens: 1_000, completionTokens: 10 };
    const { done } = await answer({ found: { sources: [], degraded: undefined, usage: spent } });
    expect(done!.usage).toEqual(spent);
  });

  it('does not cite a document that was deleted while the model wrote', async () => {
    const { done } = await answer({ ledger: new RememberingLedger(['c2']) });
    expect(done).toMatchObject({ citations: [], grounded: false, sources: [{ marker: 2 }] });
  });

  it('says when the search could not use everything', async () => {
    const { done } = await answer({ found: { sources: SOURCES, degraded: 'vector_store.unavailable' } });
    expect(done).toMatchObject({ degraded: 'vector_store.unavailable', grounded: true });
  });
});

describe('a model that fails', () => {
  it('before its first word leaves the answer to the extractive one, word by word', async () => {
    const { done, tokens } = await answer({ primary: new ScriptedChatModel([unavailable('unreachable')]) });
    expect(done).toMatchObject({ degraded: 'llm.unreachable', grounded: true, status: 'complete' });
    expect(tokens.join('')).toBe(done!.content);
  });

  it('in the middle is replaced whole, without mixing both answers', async () => {
    const { done, tokens } = await answer({ primary: new ScriptedChatModel(['Vous avez', unavailable('timeout')]) });
    expect(tokens.join('')).toBe('Vous avez');
    expect(done).toMatchObject({
      degraded: 'llm.timeout',
      content: 'Les congés annuels sont de 25 jours ouvrés par an. [1]',
    });
  });

  it.each([
    ['says nothing', new ScriptedChatModel(['', '  ']), 'llm.empty_answer'],
    ['throws what it must not', new ScriptedChatModel([new Error('socket hang up')]), 'llm.failed'],
  ])('because it %s is replaced too', async (_how, primary, degraded) => {
    expect((await answer({ primary })).done).toMatchObject({ degraded, grounded: true });
  });

  it('is followed by the next of the chain, each with its reason', async () => {
    const { done, tokens } = await answer({
      wished: [
        new NamedModel('wished', [unavailable('unreachable')]),
        new NamedModel('second', ['Vous', unavailable('timeout')]),
      ],
    });
    expect(done).toMatchObject({ provider: 'scripted', degraded: 'llm.unreachable,llm.timeout', grounded: true });
    expect(tokens.join('')).toBe('Vous');
  });

  it('together with the search names both reasons', async () => {
    const { done } = await answer({
      primary: new ScriptedChatModel([unavailable('timeout')]),
      found: { sources: SOURCES, degraded: 'vector_store.unavailable' },
    });
    expect(done!.degraded).toBe('llm.timeout,vector_store.unavailable');
  });

  it('and a search that fails end in one error, with the message marked as failed', async () => {
    const { events, ledger } = await answer({ found: unavailable('timeout') });
    expect(types(events)).toEqual(['message', 'error']);
    expect(ledger.failures).toEqual(['llm.unavailable']);
  });
});

describe('a window that is small', () => {
  /** Room for the rules, the question and one of the sources. */
  const small = (text: string) =>
    Object.assign(new ScriptedChatModel([text]), { contextTokens: () => Promise.resolve(750) });
  const long = SOURCES.map((source) => {
    const text = `${source.text} ${'Le reste du passage ne dit rien de plus. '.repeat(12)}`.trim();
    return { ...source, text, end: source.start + text.length };
  });
  const found = { sources: long, degraded: undefined };

  it('is reported with what it had no room for', async () => {
    const { done } = await answer({ primary: small('Vous avez 25 jours ouvrés de congés annuels [1].'), found });
    expect(done).toMatchObject({
      contextUsed: { windowTokens: 750 },
      dropped: { sources: [2], turns: 0 },
      grounded: true,
    });
    expect(done!.contextUsed!.promptTokens).toBeGreaterThan(100);
    expect(done!.contextUsed!.promptTokens).toBeLessThan(750);
  });

  it('lets nothing be cited that the model did not read', async () => {
    const { done, tokens } = await answer({
      primary: small('Le préavis est de trois mois pour les cadres [2].'),
      found,
    });
    expect(done).toMatchObject({
      citations: [],
      grounded: false,
      content: 'Le préavis est de trois mois pour les cadres.',
    });
    expect(tokens.join('')).not.toContain('[2]');
  });

  it('is none of the extractive answer, which reads everything', async () => {
    const extractive = Object.assign(new ScriptedChatModel(['Le préavis est de trois mois pour les cadres. [2]']), {
      ...{ model: 'extractive', contextTokens: () => Promise.resolve(Number.POSITIVE_INFINITY) },
    });
    const { done } = await answer({ primary: new ScriptedChatModel([unavailable('timeout')]), extractive, found });
    expect(done).toMatchObject({ citations: [{ marker: 2 }], degraded: 'llm.timeout' });
    expect(done).not.toHaveProperty('contextUsed');
    expect(done).not.toHaveProperty('dropped');
  });
});

describe('an answer that is stopped', () => {
  it('keeps what was written, verified', async () => {
    const { done } = await answer({
      primary: new EndlessChatModel(),
      onEvent: ({ type }, run) => {
        if (type === 'token') void run.stop().catch(() => undefined);
      },
    });
    expect(done).toMatchObject({
      ...{ status: 'stopped', content: 'Vous avez 25 jours ouvrés de congés annuels [1]. Et puis', grounded: true },
      citations: [{ marker: 1 }],
    });
    expect(done).not.toHaveProperty('degraded');
  });
});

describe('an answer as its collection is tuned', () => {
  it('asks no model when the sources answer less surely than wanted, and says what comes nearest', async () => {
    const { done, primary } = await answer({ tuning: { minConfidence: 1 } });
    expect(done).toMatchObject({
      content: NO_ANSWER_TEXT.fr,
      grounded: false,
      sources: [{ marker: 1 }, { marker: 2 }],
    });
    expect(done?.highlights[0]).toEqual({ marker: 1, start: 100, end: 100 + TEXTS[0]!.length });
    expect((primary as ScriptedChatModel).requests).toEqual([]);
  });

  it('rests on as many passages as are wanted', async () => {
    expect((await answer({ tuning: { passages: 1 } })).done?.sources.map(({ marker }) => marker)).toEqual([1]);
  });

  it('is given by what is tried instead, where something is', async () => {
    const { done } = await answer({
      tuning: { minConfidence: 1, passages: 1 },
      task: { tuning: { minConfidence: 0 } },
    });
    expect(done).toMatchObject({ grounded: true, sources: [{ marker: 1 }, { marker: 2 }] });
  });
});
