import type { CompletionMessageDto } from './chat-completion.dto';
import { toCompletionRequest } from './completion-request';
import { UnsupportedParameterError } from './openai.errors';

const said = (role: CompletionMessageDto['role'], content?: CompletionMessageDto['content']): CompletionMessageDto => ({
  role,
  content,
});
const read = (messages: CompletionMessageDto[], rest: object = {}) =>
  toCompletionRequest({ model: 'myia', messages, ...rest });

describe('A request of the OpenAI contract', () => {
  it('asks with the last message of the user; what stands before is history, what stands behind is nothing', () => {
    const { question, history } = read([
      said('user', 'Un ?'),
      said('assistant', 'Un.'),
      said('assistant', null),
      said('user', ' '),
      said('user', 'Deux ?'),
      said('assistant', 'De'),
    ]);
    expect(question).toBe('Deux ?');
    expect(history).toEqual([
      { role: 'user', content: 'Un ?' },
      { role: 'assistant', content: 'Un.' },
    ]);
  });

  it('gathers instructions from wherever they stand, and the pieces of a message into one text', () => {
    const pieces = [
      { type: 'text', text: 'Sois' },
      { type: 'text', text: 'bref.' },
    ];
    const { manner } = read([said('developer', pieces), said('user', 'Un ?'), said('system', 'Vouvoie.')]);
    expect(manner.instructions).toBe('Sois\nbref.\nVouvoie.');
  });

  it('prefers the length by its present name to the former one', () => {
    const style = (rest: object) => read([said('user', 'Un ?')], rest).manner.style;
    expect(style({ max_tokens: 5, max_completion_tokens: 7, temperature: 0 })).toEqual({
      maxTokens: 7,
      temperature: 0,
    });
    expect(style({ max_tokens: 5, max_completion_tokens: null })).toEqual({ maxTokens: 5 });
    expect(style({})).toEqual({});
  });

  it.each(['image_url', 'input_audio', 'file'])(
    'is refused with a piece of the kind %s, wherever it stands',
    (type) => {
      const messages = [said('user', [{ type: 'text', text: 'Un ?' }, { type }]), said('user', 'Deux ?')];
      expect(() => read(messages)).toThrow(UnsupportedParameterError);
    },
  );
});
