import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { ApiClient } from './support/api-client';
import type { Checks } from './support/checks';
import { frighteningLines } from './support/frightening-lines';
import { removeData, type Product } from './support/product';
import { corpusFolder, plainEnvironment, PROJECT, Workspace } from './support/workspace';

const DEFAULT_PORT = 3000;
const READY_SECONDS = 120;
const LAST_LINE = /(?:MY-IA est arrêté|MY-IA has stopped)\.\s*$/;

interface Newcomer {
  readonly title: string;
  /** Where the clone goes; exists, belongs to the newcomer and is empty. */
  readonly parent: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command as the newcomer. */
  readonly prefix: readonly string[];
  readonly user: string | undefined;
  readonly english: boolean;
}

interface Sample {
  readonly file: string;
  readonly question: string;
  readonly fragment: string;
}

/** A real PDF when it is there, else a file every clone has. */
const sample = (): Sample => {
  const guide = join(corpusFolder(), 'guide-integrateur.pdf');
  if (existsSync(guide)) {
    const question = 'À qui s’adresse le guide de l’intégrateur ?';
    return { file: guide, question, fragment: 'intégrateurs chargés de réaliser les gabarits HTML et CSS' };
  }
  const file = join(PROJECT, 'docs', 'technical', 'maintenance.md');
  return { file, question: 'What must a backup contain?', fragment: 'A backup must contain three things' };
};

const portIsFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Newcomers set nothing; only where something else holds the usual port is another one taken, and said. */
const portSetting = async (checks: Checks): Promise<Record<string, string>> => {
  if (await portIsFree(DEFAULT_PORT)) return {};
  checks.note(`port ${DEFAULT_PORT} is held by something else here: PORT=0 is set`);
  return { PORT: '0' };
};

const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
};

const clone = ({ parent, user }: Newcomer): string => {
  const folder = join(parent, 'my-ia');
  run('git', 'clone', '--quiet', PROJECT, folder);
  if (user !== undefined) run('chown', '-R', `${user}:`, folder);
  return folder;
};

const looksCalm = (checks: Checks, product: Product, english: boolean): void => {
  const lines = frighteningLines(product.output, english);
  checks.check('no line of output frightens a newcomer', lines.length === 0, lines.join(' | '));
};

const answersFromUpload = async (checks: Checks, client: ApiClient, upload: boolean): Promise<void> => {
  const { file, question, fragment } = sample();
  if (upload) {
    const [id = ''] = await client.upload(await client.createCollection('Essai'), [file]);
    const { status, chunkCount } = await client.settled(id, READY_SECONDS);
    checks.check('an uploaded file becomes ready', status === 'ready', `${status}, ${chunkCount} chunks`);
  }
  const answer = await client.ask(question);
  checks.check(
    'a question gets an answer that cites it',
    answer.citations.some(({ quote }) => quote.includes(fragment)),
    answer.content.slice(0, 120),
  );
  checks.check('every quote is exact', (await client.falseCitations(answer)).length === 0);
};

const endsClean = async (checks: Checks, product: Product, english: boolean): Promise<void> => {
  const { survivors, seconds } = await product.interrupt();
  const names = survivors.map(({ pid, command }) => `${pid} ${command.slice(0, 80)}`).join(' | ');
  const orderly = [0, 'SIGINT'].includes(product.endedBy ?? -1) && LAST_LINE.test(product.output);
  checks.check('Ctrl-C ends it in order', orderly, `${product.endedBy}, ${seconds.toFixed(1)} s`);
  checks.check('no process is left', survivors.length === 0, names);
  looksCalm(checks, product, english);
};

const show = (checks: Checks, product: Product): void => {
  for (const line of product.output.trimEnd().split('\n')) checks.note(`| ${line}`);
};

const twoStarts = async (checks: Checks, newcomer: Newcomer): Promise<void> => {
  await using workspace = new Workspace();
  const folder = clone(newcomer);
  const dataDirectory = join(folder, 'data');
  const env = { ...newcomer.env, ...(await portSetting(checks)) };
  const start = { folder, dataDirectory, env, prefix: newcomer.prefix };
  try {
    const first = await workspace.run(start);
    checks.note(`first start: ready ${first.ready.seconds.toFixed(1)} s after the command, installing included`);
    const { email, password } = first;
    checks.check('the first start shows a password', password !== undefined);
    await answersFromUpload(checks, await ApiClient.signIn(first.url, email, password ?? ''), true);
    await endsClean(checks, first, newcomer.english);
    show(checks, first);

    const second = await workspace.run(start);
    checks.note(`second start: ready ${second.ready.seconds.toFixed(1)} s after the command`);
    checks.check('the second start shows no password', second.password === undefined);
    await answersFromUpload(checks, await ApiClient.signIn(second.url, email, password ?? ''), false);
    await endsClean(checks, second, newcomer.english);
  } finally {
    removeData(dataDirectory);
    rmSync(folder, { recursive: true, force: true });
  }
};

const ordinary = async (checks: Checks): Promise<void> => {
  await using workspace = new Workspace();
  // Temporary folders are closed to others; a normal one is not.
  chmodSync(workspace.folder, 0o755);
  const home = join(workspace.folder, 'home');
  mkdirSync(home);
  await twoStarts(checks, {
    title: 'ordinary',
    parent: workspace.folder,
    env: plainEnvironment(home),
    prefix: [],
    user: undefined,
    english: false,
  });
};

/** A folder as root's home is: nobody else can enter. */
const lockedFolder = async (checks: Checks): Promise<void> => {
  const parent = mkdtempSync(join(homedir(), 'my-ia-acceptance-'));
  try {
    const env = { ...plainEnvironment(parent), LANG: 'en_GB.UTF-8' };
    await twoStarts(checks, { title: 'locked', parent, env, prefix: [], user: undefined, english: true });
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
};

/** A user made for the occasion, with a home and an empty npm cache of its own. */
const temporaryUser = async (checks: Checks): Promise<void> => {
  const user = `myia${randomBytes(3).toString('hex')}`;
  run('useradd', '--create-home', '--shell', '/bin/sh', user);
  const home = join('/home', user);
  try {
    const env = { ...plainEnvironment(home), USER: user, LANG: 'en_GB.UTF-8' };
    const prefix = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'];
    await twoStarts(checks, { title: 'user', parent: home, env, prefix, user, english: true });
  } finally {
    run('userdel', '--remove', user);
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;
const canMakeUsers = (): boolean => isRoot() && spawnSync('useradd', ['--help']).status === 0;

/** From a clone of what is committed, with nothing but `npm start`, twice. */
export const cleanClone = async (checks: Checks): Promise<void> => {
  const who = isRoot() ? 'root' : 'this user';
  await checks.attempt(`A clean clone, as ${who}`, () => ordinary(checks));
  if (isRoot()) await checks.attempt('A clean clone in a folder only root may enter', () => lockedFolder(checks));
  else checks.skip('A clean clone in a folder only root may enter', 'this needs root');
  if (canMakeUsers()) await checks.attempt('A clean clone, as an ordinary user', () => temporaryUser(checks));
  else if (isRoot()) checks.skip('A clean clone, as an ordinary user', 'there is no useradd');
};
