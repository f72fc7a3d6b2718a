/** What a plan counts. Messages are counted per day, the others as they stand. */
export type Meter = 'messages' | 'documents' | 'storage';

/** The column of the plan that bounds a meter. */
export const LIMIT_COLUMNS: Readonly<Record<Meter, string>> = {
  messages: 'messages_per_day',
  documents: 'documents',
  storage: 'storage_bytes',
};

/** The period of a meter, as SQL: the day in UTC, or one that never ends. */
export const periodOf = (meter: Meter): string =>
  meter === 'messages' ? `(now() AT TIME ZONE 'UTC')::date` : `date 'epoch'`;
