import { createHash } from 'node:crypto';

import type { Principal } from '#libs/http';
import type { ReadableCollection } from '#libs/ingestion';
import type { Locale } from '#libs/kernel';
import type { ChatModel } from '#libs/llm';

import type { Profile } from '../profile/profile';
import type { PastTurn } from './prompt/history';
import type { FoundSources } from './source-finder';

/** Grows with every change of the prompt: what was written to another one is another answer. */
const PROMPT_VERSION = 1;

/** What is asked, by whom, and how it is to be answered. */
export interface AskedDraft {
  readonly principal: Principal;
  readonly question: string;
  readonly history: readonly PastTurn[];
  readonly locale: Locale;
  readonly collectionIds: readonly string[] | undefined;
  readonly profile?: Profile | undefined;
  /** Instructions, temperature and the like, to be compared as they are. */
  readonly manner?: object | undefined;
}

/** Everything a draft depends on. */
export interface DraftCircumstances {
  readonly task: AskedDraft;
  readonly found: FoundSources;
  /** What the caller may read now, with the revisions of it. */
  readonly readable: readonly ReadableCollection[];
  readonly model: Pick<ChatModel, 'provider' | 'model'>;
}

/**
 * What a draft is found again by: organization, everything the caller may read with its revisions, model, version and
 * contents of the prompt. Two keys are equal only if a fresh draft could not have been told anything else: any right that
 * is given or taken, and any change of any document the caller may read, makes another key.
 */
export const draftKey = ({ task, found, readable, model }: DraftCircumstances): string => {
  const { principal, question, history, locale, manner, profile, collectionIds } = task;
  const epoch = readable.map(({ id, revision, embeddingModel }) => [id, revision, embeddingModel]).toSorted();
  const sources = found.sources.map(({ chunkId, documentId, title, heading, page, start, end, text }) => [
    ...[chunkId, documentId, title, heading, page, start, end, text],
  ]);
  const told = [question, history, locale, manner, profile, collectionIds, sources];
  const circumstances = [PROMPT_VERSION, principal.organizationId, epoch, model.provider, model.model, told];
  return createHash('sha256').update(JSON.stringify(circumstances)).digest('base64url');
};
