import type { Ids, Locale } from '#libs/kernel';
import type { ChatModel, ChatStyle } from '#libs/llm';

import type { Profile } from '../../profile/profile';
import type { PastTurn } from './history';
import { requestFor, type ModelRequest } from './model-request';
import type { FoundSources } from '../source-finder';

/** What of a task goes into a prompt. */
export interface PromptTask {
  readonly question: string;
  readonly history: readonly PastTurn[];
  readonly locale: Locale;
  readonly manner?: { readonly instructions: string; readonly style: ChatStyle } | undefined;
  readonly profile?: Profile | undefined;
}

/** Characters of a nonce: 48 bits from a random UUID. */
const NONCE_LENGTH = 12;

/** What a model is asked for a task, given what was found. @param ids for a nonce that no document can know */
export const requestForTask = (
  ids: Ids,
  model: ChatModel,
  { question, history, locale, manner, profile }: PromptTask,
  { sources, query, termWeight, minConfidence }: FoundSources,
): Promise<ModelRequest> => {
  const nonce = ids.next().replaceAll('-', '').slice(-NONCE_LENGTH);
  const { instructions, style } = manner ?? {};
  const asked = { question, query, sources, termWeight, minConfidence };
  return requestFor(model, { ...asked, history, locale, nonce, instructions, profile, style });
};
