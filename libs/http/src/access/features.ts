/**
 * What a plan may hold back. Closed list: a route names one in `@Entitled`, and a plan has it or not. Added last to
 * existing plans by a migration, so that nobody loses what he has.
 */
export const FEATURES = ['api-keys', 'pdf-export', 'transcription', 'webhooks'] as const;
export type Feature = (typeof FEATURES)[number];
