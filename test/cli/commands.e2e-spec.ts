import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { COMMANDS } from '#apps/cli/src/commands/index';
import { UnitOfWork } from '#libs/database';
import { TestApi } from '#test/support/api';

/** Milliseconds between two looks at the queue, and how often to look. */
const PAUSE_MS = 100;
const LOOKS = 200;

/** The first bytes of an MP4 file: a film, whatever its name says. */
const FILM = Buffer.from('000000206674797069736f6d0000020069736f6d69736f3261766331', 'hex');

describe('Operator commands', () => {
  let api: TestApi;
  let folder: string;
  let printed: string[];

  beforeAll(async () => {
    api = await TestApi.start();
    folder = mkdtempSync(join(tmpdir(), 'my-ia-cli-'));
    writeFileSync(
      join(folder, 'conges.md'),
      '# Congés\n\nChaque salarié a droit à vingt-cinq jours de congés payés.\n',
    );
    writeFileSync(join(folder, 'plan.pdf'), FILM);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await api.close();
  });
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    jest.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text));
  });
  afterEach(() => jest.restoreAllMocks());

  const run = (name: string, ...args: string[]): Promise<number> => {
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (!command) throw new Error(`No command ${name}`);
    return command.run(args, api.env);
  };
  const statuses = async (): Promise<string[]> =>
    (await api.app.get(UnitOfWork).query<{ status: string }>('SELECT status FROM document')).map(
      ({ status }) => status,
    );
  const ingested = async (): Promise<void> => {
    for (let look = 0; look < LOOKS && !(await statuses()).every((status) => status === 'ready'); look++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    expect(new Set(await statuses())).toEqual(new Set(['ready']));
  };

  it('asks for a superuser before anybody can own documents', async () => {
    expect(await run('ingest', folder)).toBe(1);
    expect(printed.join()).toContain('create-superuser');
  });

  it('creates the first superuser and shows his password once', async () => {
    expect(await run('create-superuser', 'root@exemple.fr')).toBe(0);
    const password = /shown once\): (\S+)/.exec(printed.join('\n'))?.[1] ?? '';
    await api.http().post('/auth/login').send({ email: 'root@exemple.fr', password }).expect(200);
    printed = [];
    expect(await run('create-superuser', 'other@exemple.fr')).toBe(0);
    expect(printed).toEqual(['There is a superuser: root@exemple.fr']);
  });

  it('proves that nobody changed the audit log, and archives nothing that is not old', async () => {
    expect(await run('audit', 'verify')).toBe(0);
    expect(JSON.parse(printed.join('\n'))).toMatchObject({ isIntact: true });
    printed = [];
    expect(await run('audit', 'archive', '--before', '2020-01-01')).toBe(0);
    expect(printed).toEqual(['There is nothing that old.']);
    expect(await run('audit', 'archive')).toBe(2);
    expect(await run('audit')).toBe(2);
  });

  it('brings a folder into a collection, says what it could not take, and does nothing twice', async () => {
    expect(await run('ingest', folder, '--collection', 'Règlement')).toBe(1);
    expect(printed.slice(-2)).toEqual([
      '1 added, 0 updated, 0 unchanged, 0 removed, 1 failed.',
      'Failed: plan.pdf (document.unsupported_type: Unsupported format)',
    ]);
    rmSync(join(folder, 'plan.pdf'));
    await ingested();
    printed = [];
    expect(await run('ingest', folder, '--collection', 'Règlement')).toBe(0);
    expect(printed.at(-1)).toBe('0 added, 0 updated, 1 unchanged, 0 removed, 0 failed.');
  });

  it('finds SQL, vectors and files in agreement, also after everything was ingested again', async () => {
    expect(await run('reindex')).toBe(0);
    expect(printed).toEqual(['1 documents queued.']);
    await ingested();
    printed = [];
    expect(await run('consistency', '--repair')).toBe(0);
    expect(await run('consistency')).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({ documents: 1, chunks: 1, vectors: 1, orphanVectors: {} });
  });

  it('gives a user a new password', async () => {
    expect(await run('reset-password')).toBe(2);
    expect(await run('reset-password', 'root@exemple.fr')).toBe(0);
    const password = /shown once\): (\S+)/.exec(printed.join('\n'))?.[1] ?? '';
    await api.http().post('/auth/login').send({ email: 'root@exemple.fr', password }).expect(200);
  });

  it('has nothing to migrate or to draft on a fresh schema, and wants a name for a draft', async () => {
    expect(await run('migrate')).toBe(0);
    expect(await run('migrate:generate', 'AddNothing')).toBe(0);
    expect(await run('migrate:generate', '../evil')).toBe(2);
    expect(printed.slice(0, 2)).toEqual([
      'The schema is up to date.',
      'The schema has all the entities need; nothing to draft.',
    ]);
  });

  it('undoes the last migration and does it again', async () => {
    expect(await run('migrate:revert')).toBe(0);
    expect(await run('migrate')).toBe(0);
    expect(printed[0]).toMatch(/^Reverted: \w+\d{13}$/);
    expect(printed[1]).toMatch(/^Applied: \w+\d{13}$/);
  });
});
