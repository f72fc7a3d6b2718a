import type { AnswerEvent } from '../answering/answer-events';
import type { MessageView } from '../message/message.view';
import { CompletionChunks, type CompletionChunk } from './completion-chunks';

const SENTENCE = 'Les congés sont de 25 jours [1].';

const message = (fields: Partial<MessageView>): MessageView =>
  ({
    ...{ id: 'm', content: SENTENCE, citations: [], sources: [], grounded: true },
    usage: { promptTokens: 10, completionTokens: 5 },
    ...fields,
  }) as unknown as MessageView;

const chunksOf = (tokens: readonly string[], done: Partial<MessageView>, options: object = {}): CompletionChunk[] => {
  const chunks = new CompletionChunks('m', { model: 'myia', created: 1, includeUsage: false, ...options });
  const events: AnswerEvent[] = [
    { type: 'message', data: { id: 'm', conversationId: '', parentId: '' } },
    { type: 'sources', data: { sources: [] } },
    ...tokens.map((text) => ({ type: 'token' as const, data: { text } })),
    { type: 'citations', data: { citations: [] } },
    { type: 'done', data: message(done) },
  ];
  return events.flatMap((event) => chunks.of(event));
};
const textOf = (chunks: readonly CompletionChunk[]): string =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');

describe('The chunks of a completion', () => {
  it('begin with the role, and end with the reason and the proof', () => {
    const chunks = chunksOf(['Les congés sont', ' de 25 jours [1].'], {});
    expect(chunks[0]?.choices).toMatchObject([{ delta: { role: 'assistant', content: '' }, finish_reason: null }]);
    expect(textOf(chunks)).toBe(SENTENCE);
    expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }], citations: [], grounded: true });
    expect(chunks.some((chunk) => 'usage' in chunk || 'content' in chunk)).toBe(false);
  });

  it('tell the usage in one more, where it is asked for', () => {
    const chunks = chunksOf([SENTENCE], {}, { includeUsage: true });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 10, total_tokens: 15 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it('go on where an answer took over that begins like the one before', () => {
    const chunks = chunksOf(['Les congés sont'], { degraded: 'llm.timeout' });
    expect(textOf(chunks)).toBe(SENTENCE);
    expect(chunks.at(-1)).not.toHaveProperty('content');
  });

  it('let another answer follow what cannot be taken back, and name it as the one that counts', () => {
    const chunks = chunksOf(['Il me semble que'], { degraded: 'llm.timeout' });
    expect(textOf(chunks)).toBe(`Il me semble que\n\n${SENTENCE}`);
    expect(chunks.at(-1)).toMatchObject({ content: SENTENCE, degraded: 'llm.timeout' });
  });

  it('repeat nothing where only markers were repaired, degraded or not', () => {
    for (const degraded of [undefined, 'llm.timeout']) {
      const chunks = chunksOf(['Les congés sont de 25 jours [2].'], degraded === undefined ? {} : { degraded });
      expect(textOf(chunks)).toBe('Les congés sont de 25 jours [2].');
      expect(chunks.at(-1)).toMatchObject({ content: SENTENCE });
    }
  });

  it('say that an answer was cut which used up what it was given', () => {
    expect(chunksOf([SENTENCE], {}, { maxTokens: 5 }).at(-1)?.choices[0]?.finish_reason).toBe('length');
    expect(chunksOf([SENTENCE], {}, { maxTokens: 6 }).at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });
});
