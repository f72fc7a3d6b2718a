import { ChatModel, type ChatEvent, type ChatRequest } from '../chat-model';
import type { Extract } from '../extractive/extract';
import { extractAnswer } from '../extractive/extract-answer';
import { isListItem } from '../extractive/list-item';
import { readRow } from '../extractive/table-row';
import { ModelUnavailableError } from '../llm.errors';
import { NO_ANSWER_TEXT } from './no-answer-text';

/** Nothing is generated, so nothing is counted. */
const NO_TOKENS = { promptTokens: 0, completionTokens: 0 } as const;

const ENDS_SENTENCE = /[.!?…][»”"')\]]*$/u;

const isRow = ({ form }: Extract): boolean => form === 'row' || form === 'header';

/** A sentence without a full stop must not run into the next one: readers and the citation check would take both for one. */
const separate = (previous: Extract | undefined, { form, text }: Extract): string => {
  if (previous === undefined) return '';
  if (isRow(previous)) return '\n';
  if (form === 'item') return isListItem(text) || previous.form !== 'item' ? '\n' : ' ';
  return ENDS_SENTENCE.test(previous.text) && previous.form === 'prose' ? ' ' : '\n\n';
};

const LAST_BAR = /\s*\|?$/u;
const EMPTY_COLUMN = ' --- |';

/** The marker of a row stands in its last cell, where a table shown as one keeps it. */
const inLastCell = (line: string, marker: string): string => `${line.replace(LAST_BAR, '')} ${marker} |`;

/** The rule below a header makes rows a table to whatever shows Markdown. */
const ruleBelow = (header: string): string => {
  const columns = readRow(header, { start: 0, end: header.length }).columns;
  return `\n|${EMPTY_COLUMN.repeat(columns)}`;
};

const cited = (extract: Extract): string => {
  const { form, text, source } = extract;
  const marker = `[${source.source.marker}]`;
  if (!isRow(extract)) return `${text} ${marker}`;
  return inLastCell(text, marker) + (form === 'header' ? ruleBelow(text) : '');
};

/**
 * Answers without any model: the sentences of the sources that answer, word for word, each followed by its marker, in reading
 * order; {@link NO_ANSWER_TEXT} when nothing supports an answer. It cannot invent, and it cannot rephrase.
 */
export class ExtractiveChatModel extends ChatModel {
  override readonly provider = 'builtin';
  override readonly model = 'extractive-v1';

  /** It reads its sources one by one: there is no window. */
  override contextTokens(): Promise<number> {
    return Promise.resolve(Number.POSITIVE_INFINITY);
  }

  /** @throws ModelUnavailableError `aborted` when the signal fires; nothing else can fail. */
  override async *stream(request: ChatRequest): AsyncIterable<ChatEvent> {
    this.checkSignal(request.signal);
    const sentences = extractAnswer(request);
    if (sentences.length === 0) yield { type: 'text', text: NO_ANSWER_TEXT[request.locale] };
    for (const [position, sentence] of sentences.entries()) {
      const separator = separate(sentences[position - 1], sentence);
      yield { type: 'text', text: separator + cited(sentence) };
      await Promise.resolve();
      this.checkSignal(request.signal);
    }
    yield { type: 'end', usage: NO_TOKENS };
  }

  private checkSignal(signal: AbortSignal | undefined): void {
    if (!signal?.aborted) return;
    const { provider, model } = this;
    throw new ModelUnavailableError({ provider, model, reason: 'aborted' }, { cause: signal.reason });
  }
}
