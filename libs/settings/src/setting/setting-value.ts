import { objectionsTo } from '#libs/config';

import type { SettingDefinition } from './setting-definition';
import { SettingValueRefusedError } from './setting.errors';

export type SettingValue = string | number | readonly string[];

/** What stands for a secret wherever a value is shown or recorded. */
export const MASKED_VALUE = '***';

/** Characters of the value as JSON: far more than any setting needs. */
const MAX_LENGTH = 4_000;

const reasonAgainst = ({ config, property }: SettingDefinition, value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return 'it is empty';
  if (JSON.stringify(value).length > MAX_LENGTH) return 'it is too long';
  const objections = objectionsTo(config, property, value);
  return objections.length > 0 ? objections.join('; ') : undefined;
};

/** @throws SettingValueRefusedError with what the configuration has against it */
export const assertAcceptable = (definition: SettingDefinition, value: unknown): void => {
  const reason = reasonAgainst(definition, value);
  if (reason !== undefined) throw new SettingValueRefusedError({ key: definition.key, reason });
};
