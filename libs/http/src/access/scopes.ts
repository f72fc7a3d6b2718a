/**
 * What an API key may be allowed to do; each route that keys may call names one in `@Access`. Closed list: a new scope is a
 * decision, and no key has it before somebody grants it.
 */
export const SCOPES = [
  'profile:read',
  'collections:read',
  'collections:write',
  'documents:read',
  'documents:write',
  'search',
  'chat',
  'transcription',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];
