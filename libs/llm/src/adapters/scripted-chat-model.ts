import { ChatModel, type ChatEvent, type ChatRequest } from '../chat-model';

/** What a scripted model does for one request: pieces of text in order; an `Error` among them is thrown there. */
export type ChatScript = readonly (string | Error)[] | ((request: ChatRequest) => readonly (string | Error)[]);

/** Fake for tests: says what it was told to and remembers what it was asked. */
export class ScriptedChatModel extends ChatModel {
  override readonly provider = 'scripted';
  override readonly model: string = 'scripted-v1';
  readonly requests: ChatRequest[] = [];

  constructor(private readonly script: ChatScript = ['ok']) {
    super();
  }

  override async *stream(request: ChatRequest): AsyncIterable<ChatEvent> {
    this.requests.push(request);
    const pieces = typeof this.script === 'function' ? this.script(request) : this.script;
    for (const piece of pieces) {
      await Promise.resolve();
      request.signal?.throwIfAborted();
      if (piece instanceof Error) throw piece;
      yield { type: 'text', text: piece };
    }
    yield { type: 'end', usage: { promptTokens: 0, completionTokens: pieces.length } };
  }
}
