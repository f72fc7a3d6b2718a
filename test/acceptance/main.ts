import { canaries } from './canaries';
import { cleanClone } from './clean-clone';
import { crashRecovery } from './crash-recovery';
import { curlSession } from './curl-session';
import { deletions } from './deletions';
import { hostile } from './hostile';
import { killStorm } from './kill-storm';
import { ollamaSession } from './ollama-session';
import { Checks } from './support/checks';

const SCENARIOS: Readonly<Record<string, (checks: Checks) => Promise<void>>> = {
  'clean-clone': cleanClone,
  'curl-session': curlSession,
  'ollama-session': ollamaSession,
  'crash-recovery': crashRecovery,
  'kill-storm': killStorm,
  deletions,
  hostile,
  canaries,
};

const main = async (wanted: readonly string[]): Promise<number> => {
  const names = wanted.length > 0 ? wanted : Object.keys(SCENARIOS);
  const unknown = names.filter((name) => SCENARIOS[name] === undefined);
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(SCENARIOS).join(', ')}.`);
    return 2;
  }
  const checks = new Checks();
  for (const name of names) await SCENARIOS[name]?.(checks);
  return checks.finish();
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
