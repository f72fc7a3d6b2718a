import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

import type { Environment } from './parse-config';

const ENV_FILE = '.env';

/** The environment of this process; a `.env` file in the current folder adds what the environment does not name. */
export const readEnvironment = (): Environment => {
  if (existsSync(ENV_FILE)) loadEnvFile(ENV_FILE);
  return process.env;
};
