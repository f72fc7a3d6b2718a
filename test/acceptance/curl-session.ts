import { spawn } from 'node:child_process';
import { join } from 'node:path';

import type { Checks } from './support/checks';
import type { Product } from './support/product';
import { corpusFolder, OWNER, plainEnvironment, PROJECT, Workspace } from './support/workspace';

const SCRIPT = join(PROJECT, 'test', 'acceptance', 'curl-session.sh');
const LIMIT_MS = 300_000;

/** Exit code of a script that has skipped itself, as GNU Automake has it. */
const SKIPPED = 77;

/** Runs the script against a product, shows what it prints and judges how it ends. */
export const runCurlSession = async (checks: Checks, product: Product): Promise<void> => {
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
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code === SKIPPED) checks.skip('the session with curl', 'its files are not there');
  else checks.check('the session with curl holds', code === 0);
};

/** Two commands, then nothing but curl. */
export const curlSession = async (checks: Checks): Promise<void> => {
  await checks.attempt('A session with curl', async () => {
    await using workspace = new Workspace();
    const product = await workspace.start({ LLM_PROVIDER: 'builtin', EMBEDDINGS_PROVIDER: 'builtin' });
    await runCurlSession(checks, product);
    const { survivors } = await product.interrupt();
    checks.check('no process is left', survivors.length === 0);
  });
};
