import { ValidateBy } from 'class-validator';

import { UnsupportedParameterError } from './openai.errors';

/** A piece of a message; of all kinds there are, only texts are understood. */
export interface ContentPart {
  readonly type: string;
  readonly text?: unknown;
}

export type MessageContent = string | readonly ContentPart[] | null | undefined;

/** More pieces than anybody writes. */
const MAX_PARTS = 1_000;

const isPart = (part: unknown): part is ContentPart => {
  if (typeof part !== 'object' || part === null) return false;
  const { type, text } = part as Partial<ContentPart>;
  return typeof type === 'string' && (type !== 'text' || typeof text === 'string');
};

const isContent = (value: unknown): value is MessageContent =>
  value == null ||
  typeof value === 'string' ||
  (Array.isArray(value) && value.length <= MAX_PARTS && value.every((part) => isPart(part)));

/** A text, or a list of pieces. */
export const IsMessageContent = (): PropertyDecorator =>
  ValidateBy({ name: 'isMessageContent', validator: { validate: isContent } });

/**
 * The text of a message, its pieces one below the other.
 * @param path of the message in the request
 * @throws UnsupportedParameterError for an image, a sound or a file
 */
export const textOf = (content: MessageContent, path: string): string => {
  if (content == null || typeof content === 'string') return content ?? '';
  const texts = content.map(({ type, text }, place) => {
    if (type === 'refusal') return '';
    if (type !== 'text') throw new UnsupportedParameterError(`${path}.content.${place} (${type})`);
    return String(text);
  });
  return texts.filter((text) => text !== '').join('\n');
};
