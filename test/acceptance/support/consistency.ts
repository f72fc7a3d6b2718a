import { spawnSync } from 'node:child_process';

import { plainEnvironment, PROJECT } from './workspace';

/** What `npm run cli -- consistency` says of a running product. */
export const consistencyFindsNothing = (dataDirectory: string): { readonly ok: boolean; readonly text: string } => {
  const args = ['run', '--silent', 'cli', '--', 'consistency'];
  const env = { ...plainEnvironment(), DATA_DIR: dataDirectory };
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: PROJECT, env, encoding: 'utf8' });
  return { ok: status === 0, text: `${stdout}${stderr}`.replaceAll(/\s+/g, ' ') };
};
