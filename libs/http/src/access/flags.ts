/**
 * What administrators may close to people, each with the routes that ask for it in `@Flagged`. Closed list: a flag nothing asks
 * for would be a promise nobody keeps. Open to everybody unless a row says otherwise.
 */
export const FLAGS = [
  'answer-feedback',
  'collection-creation',
  'conversation-export',
  'conversation-sharing',
  'directory',
  'document-download',
  'document-upload',
  'own-api-keys',
] as const;
export type Flag = (typeof FLAGS)[number];
