import { parseArgs } from 'node:util';

import type { INestApplicationContext } from '@nestjs/common';

import { ArchiveEntries, parseExpectedHead, VerifyArchive, VerifyChains, type ExpectedHead } from '#libs/audit';
import { DomainError } from '#libs/kernel';

import type { Command } from '../command';
import { withApplication } from '../with-application';

const options = {
  before: { type: 'string' },
  archive: { type: 'string' },
  expect: { type: 'string', multiple: true },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
type Action = (application: INestApplicationContext, values: Values) => Promise<number>;

const print = (report: unknown): void => {
  console.log(JSON.stringify(report, null, 2));
};

const verifyFile = async (application: INestApplicationContext, file: string): Promise<number> => {
  const report = await application.get(VerifyArchive).execute(file);
  print(report);
  return report.isIntact ? 0 : 1;
};

const readExpected = (receipts: readonly string[]): ExpectedHead[] | undefined => {
  try {
    return receipts.map(parseExpectedHead);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    console.error(error.definition.en.detail);
    return undefined;
  }
};

const verify: Action = async (application, { archive, expect = [] }) => {
  if (archive !== undefined) return verifyFile(application, archive);
  const expected = readExpected(expect);
  if (!expected) return 2;
  const chains = (await application.get(VerifyChains).all(expected)).map(({ start: _, ...chain }) => chain);
  const isIntact = chains.every((chain) => chain.isIntact);
  print({ isIntact, chains });
  return isIntact ? 0 : 1;
};

const archive: Action = async (application, { before }) => {
  const date = new Date(before ?? '');
  if (Number.isNaN(date.getTime())) {
    console.error('Name a date: npm run cli -- audit archive --before 2026-01-01');
    return 2;
  }
  const archived = await application.get(ArchiveEntries).execute(date);
  for (const { file, entries } of archived) console.log(`${entries} entries moved to ${file}`);
  if (archived.length === 0) console.log('There is nothing that old.');
  return 0;
};

const ACTIONS = new Map<string | undefined, Action>([
  ['verify', verify],
  ['archive', archive],
]);

export const audit: Command = {
  name: 'audit',
  usage: 'verify [--archive <file>] [--expect <receipt> ...] | archive --before <date>',
  summary: 'prove that nobody changed the audit log (exit code 1 otherwise); move old entries into signed files',
  run: async (args, env) => {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const action = ACTIONS.get(positionals[0]);
    if (action) return withApplication(env, (application) => action(application, values));
    console.error('Say what to do: npm run cli -- audit verify, or audit archive --before <date>');
    return 2;
  },
};
