import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { variablesOf } from './env.decorator';
import { FileStoreConfig } from './file-store.config';
import type { Environment } from './parse-config';
import { readEnvironment } from './read-environment';
import { StorageConfig } from './storage.config';
import { VectorStoreConfig } from './vector-store.config';

const FILE = 'running.json';

/**
 * What other processes need to work beside the one-command start: its servers have ports nobody chose, and a command that
 * looked for the files elsewhere would find them all missing.
 */
const SHARED = [
  ...['DATABASE_URL', 'JWT_SECRET', 'DATA_DIR'],
  ...[FileStoreConfig, VectorStoreConfig].flatMap((config) => variablesOf(config).map(({ name }) => name)),
];

/** Written by the one-command start once its servers run, for its owner only; removed when it ends. */
export const publishRunningEnvironment = (dataDir: string, env: Environment): void => {
  const shared = Object.fromEntries(SHARED.map((name) => [name, env[name]]));
  writeFileSync(join(dataDir, FILE), JSON.stringify(shared), { mode: 0o600 });
};

export const withdrawRunningEnvironment = (dataDir: string): void => rmSync(join(dataDir, FILE), { force: true });

/**
 * The environment of this process, completed by the product that runs on the same data directory when this one names
 * no database of its own: operator commands need no ports and passwords copied by hand.
 */
export const readRunningEnvironment = (): Environment => {
  const env = readEnvironment();
  const file = join(env.DATA_DIR ?? new StorageConfig().dataDir, FILE);
  if (env.DATABASE_URL || !existsSync(file)) return env;
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Environment), ...env };
};
