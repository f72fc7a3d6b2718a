import type { Environment } from '#libs/config';

import type { DataDirectory } from '../data-directory/data-directory';
import { given } from './given';
import type { ServerUrls } from './local-servers';

/** What the application is started with: what the user set, completed by what a person at a terminal need not set. */
export const applicationEnvironment = (env: Environment, data: DataDirectory, urls: ServerUrls): Environment => ({
  ...env,
  ...urls,
  DATA_DIR: data.path,
  JWT_SECRET: given(env.JWT_SECRET) ?? data.secret('jwt'),
  // A terminal is read by a person: only what asks for attention, in words.
  LOG_LEVEL: given(env.LOG_LEVEL) ?? 'warn',
  LOG_FORMAT: given(env.LOG_FORMAT) ?? 'pretty',
});
