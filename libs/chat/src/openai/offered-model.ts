import { isUUID } from 'class-validator';

/** What answers a question: everything the caller may read, one collection, or an assistant. */
export interface AnsweredFrom {
  readonly collectionIds?: readonly string[];
  readonly assistantId?: string;
}

/** A name a client may give as `model`. */
export interface OfferedModel {
  readonly id: string;
  /** For people to choose by. */
  readonly name: string;
  readonly createdAt: Date;
  readonly ownedBy: string;
  /** Undefined for a model that does not answer questions. */
  readonly answersFrom?: AnsweredFrom;
}

/** The model for everything the caller may read. */
export const EVERYTHING = 'myia';

const NAME = /^(?<kind>collection|assistant):(?<id>.+)$/;

/** What a name of a model names, without asking whether it exists; null when it is no such name. */
export const parseModelName = (
  model: string,
): { readonly kind: 'collection' | 'assistant'; readonly id: string } | null => {
  const { kind, id = '' } = NAME.exec(model)?.groups ?? {};
  if (!isUUID(id) || (kind !== 'collection' && kind !== 'assistant')) return null;
  return { kind, id: id.toLowerCase() };
};
