import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CONFIG_CLASSES, variablesOf } from '#libs/config';

export interface DocumentedVariable {
  readonly name: string;
  /** As a person would type it; empty when there is none. */
  readonly default: string;
  readonly description: string;
}

/** Read by the launcher and the operator commands, before any configuration class. */
export const LAUNCHER_VARIABLES = ['SUPERUSER_EMAIL', 'SUPERUSER_PASSWORD'];

export const readRootFile = (name: string): string => readFileSync(join(__dirname, '../..', name), 'utf8');

const asText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What the code says, one entry per variable of every configuration class. */
export const configuredVariables = (): DocumentedVariable[] =>
  CONFIG_CLASSES.flatMap((configClass) => {
    const defaults = new configClass();
    return variablesOf(configClass).map(({ name, description, property }) => ({
      name,
      default: asText(Reflect.get(defaults, property)),
      description,
    }));
  });

/** `# description` above `# NAME=default`. */
export const envExampleVariables = (): DocumentedVariable[] =>
  [...readRootFile('.env.example').matchAll(/^# (.+)\n# ([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(
    ([, description = '', name = '', value = '']) => ({ name, default: value, description }),
  );

/** Rows `| NAME | default | description |` of a README, names and defaults in backticks. */
export const tableVariables = (file: string): DocumentedVariable[] =>
  [...readRootFile(file).matchAll(/^\| `([A-Z][A-Z0-9_]*)` *\|([^|]*)\|([^|]*)\|$/gm)].map(
    ([, name = '', value = '', description = '']) => ({
      name,
      default: value.replaceAll('`', '').trim(),
      description: description.trim(),
    }),
  );

/** Variables docker-compose.yml takes from the environment. */
export const composeVariables = (): string[] => [
  ...new Set([...readRootFile('docker-compose.yml').matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = '']) => name)),
];
