import { existsSync, readFileSync } from 'node:fs';

/** A wider collection of bad inputs that some workplaces keep beside the checkout; nothing of it is part of the project. */
const SHARED = '../shared/bad-inputs';

const read = (name: string): string | undefined => {
  const file = `${SHARED}/${name}`;
  if (existsSync(file)) return readFileSync(file, 'utf8');
  console.warn(`SKIPPED: ${file} is not here; only the project's own bad inputs are tried`);
  return undefined;
};

const list = (name: string): readonly unknown[] => JSON.parse(read(name) ?? '[]') as unknown[];

interface Repetition {
  readonly s: string;
  readonly n: number;
  readonly suffix: string;
}

/** Texts that break parsers, queries, templates and terminals. */
const OWN_TEXTS = [
  '',
  ' ',
  "' OR 1=1 --",
  '$$; DROP TABLE document; $$',
  '%_\\',
  '{{7*7}}',
  '${jndi:ldap://127.0.0.1/x}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'a\r\nSet-Cookie: x=1',
  '\u202egpj.exe',
  '\u200b\u200d\ufeff',
  'Z\u0351\u036b\u0343'.repeat(50),
  '\ud800',
  'a\0b',
  '1e400',
  '-0',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '9007199254740993',
  '🦆'.repeat(500),
];

/** Long runs that make a careless pattern backtrack. */
const OWN_RUNS = ['a'.repeat(50_000) + '!', ' '.repeat(50_000) + 'x', '@a.'.repeat(10_000), '['.repeat(30_000)];

/** Bodies as they stand on the wire. */
const OWN_BODIES = [
  '{}',
  '[]',
  'null',
  'true',
  '1e400',
  '"\\u0000"',
  '"\\ud800"',
  '{"__proto__":{"role":"superuser"}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"toString":"x"}',
  '{"length":999999999999}',
  '{"email":["a@b.c"],"password":{"$ne":null}}',
  '{"a":1,"a":2}',
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
];

export const TEXTS = [...OWN_TEXTS, ...(list('blns.json') as string[])];
export const RUNS = [
  ...OWN_RUNS,
  ...(list('redos.json') as Repetition[]).map(({ s, n, suffix }) => s.repeat(n) + suffix),
];
export const BODIES = [...OWN_BODIES, ...(read('json-shapes.jsonl')?.split('\n').filter(Boolean) ?? [])];

export const FILENAMES = [
  '../../x.txt',
  'C:\\x.txt',
  '..',
  '/etc/passwd',
  `${'long'.repeat(500)}.txt`,
  '\u202etxt.exe',
  'a\r\nX: y.txt',
  '"; filename="evil.html',
  'nul.txt',
  ...(list('filenames.json') as string[]).filter((name) => name !== ''),
];
