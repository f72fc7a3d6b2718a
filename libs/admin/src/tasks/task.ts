import type { QueueDefinition } from '#libs/database';

export const TASK_KINDS = ['reindex_collection', 'recover_documents', 'check_consistency'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What an administrator asked to be done in the background. */
export type Task =
  | { readonly kind: 'reindex_collection'; readonly collectionId: string }
  | { readonly kind: 'recover_documents' }
  | { readonly kind: 'check_consistency'; readonly repair: boolean };

/** The whole installation is read by some: hours, and one more attempt after a restart. */
export const ADMINISTRATION: QueueDefinition<Task> = {
  name: 'administration',
  retryLimit: 1,
  retryDelaySeconds: 10,
  expireInSeconds: 4 * 3_600,
};
