import { spawn } from 'node:child_process';
import { join } from 'node:path';

import type { Checks } from './support/checks';
import type { Product } from './support/product';
import { corpusFolder, OWNER, plainEnvironment, PROJECT, Workspace } from './support/workspace';

const SCRIPT = join(PROJECT, 'test', 'acceptance', 'curl-session.sh');
const LIMIT_MS = 300_000;

/** Runs the script against a product and shows what it prints. @returns its exit code */
export const runCurlSession = async (product: Product): Promise<number> => {
  const session = {
    API: `${product.url}/api/v1`,
    EMAIL: OWNER.email,
    PASSWORD: OWNER.password,
    CORPUS: corpusFolder(),
  };
  const child = spawn('bash', [SCRIPT], {
    env: { ...plainEnvironment(), ...session, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: LIMIT_MS,
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
};

/** Two commands, then nothing but curl. */
export const curlSession = async (checks: Checks): Promise<void> => {
  await checks.attempt('A session with curl', async () => {
    await using workspace = new Workspace();
    const product = await workspace.start({ LLM_PROVIDER: 'builtin', EMBEDDINGS_PROVIDER: 'builtin' });
    checks.check('the session with curl holds', (await runCurlSession(product)) === 0);
    const { survivors } = await product.interrupt();
    checks.check('no process is left', survivors.length === 0);
  });
};
