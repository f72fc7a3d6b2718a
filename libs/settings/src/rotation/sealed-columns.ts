/** A column that holds what the secret box sealed, so that a rotation of its key reaches all of them. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** SQL for the context a value was sealed for; it may name columns of the table. */
  readonly context: string;
}

const SETTING = 'setting:';

/** What a secret setting is sealed for. */
export const settingContext = (id: string): string => `${SETTING}${id}`;

/** Here rather than beside their features: a rotation that misses one would lose it with the former key. A test looks for others. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'setting', column: 'sealed', context: `'${SETTING}' || id` },
  { table: 'mfa_totp', column: 'sealed_secret', context: `'totp:' || user_id` },
  { table: 'api_key', column: 'signing_key', context: `'api-key-signing:' || prefix` },
  { table: 'webhook', column: 'secret', context: `'webhook:' || id` },
  { table: 'webhook', column: 'previous_secret', context: `'webhook:' || id` },
];
