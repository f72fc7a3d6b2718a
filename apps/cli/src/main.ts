import { readRunningEnvironment } from '#libs/config';
import { DomainError } from '#libs/kernel';

import { COMMANDS } from './commands';

const HELP = [
  'Usage: npm run cli -- <command> [arguments]',
  '',
  ...COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(52)} ${summary}`),
].join('\n');

const main = async ([name, ...args]: readonly string[]): Promise<number> => {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command.run(args, readRunningEnvironment());
  console.error(name === undefined ? HELP : `Unknown command "${name}".\n\n${HELP}`);
  return name === undefined ? 0 : 2;
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof DomainError ? `${error.definition.en.title}: ${error.message}` : error);
    process.exitCode = 1;
  },
);
