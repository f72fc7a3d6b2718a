import type { QueueDefinition } from '#libs/database';

/** Each question is asked like any other: hours with a slow model. An attempt goes on where the last one ended. */
export const EVALUATE: QueueDefinition<{ readonly evaluationId: string }> = {
  name: 'evaluate',
  retryLimit: 3,
  retryDelaySeconds: 5,
  expireInSeconds: 12 * 3_600,
};
