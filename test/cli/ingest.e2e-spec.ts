import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { UnitOfWork } from '#libs/database';
import { TestApi } from '#test/support/api';

/** As an operator starts it; compiled before every test run. */
const CLI = join(__dirname, '../../dist/apps/cli/src/main.js');
const FILES = 120;

jest.setTimeout(120_000);
/** Far more than a command needs to begin. */
const LOOKS = 10_000;

/** One command in a process of its own. */
class Run {
  readonly output: string[] = [];
  private readonly child: ChildProcess;

  constructor(args: readonly string[], env: Readonly<Record<string, string | undefined>>) {
    const { PATH } = process.env;
    this.child = spawn(process.execPath, [CLI, ...args], { env: { ...env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
    }
  }

  get lines(): string[] {
    return this.output.join('').trimEnd().split('\n');
  }

  /** Waits for so many files to be reported, or for the end. */
  async reported(files: number): Promise<void> {
    const isOver = (): boolean => this.child.exitCode !== null || this.child.signalCode !== null;
    const reported = (): number => this.lines.filter((line) => /^(?:added|unchanged) /.test(line)).length;
    for (let look = 0; look < LOOKS && !isOver() && reported() < files; look += 1) await delay(2);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async exitCode(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}

describe('npm run cli -- ingest', () => {
  let api: TestApi;
  let folder: string;

  beforeAll(async () => {
    // Nothing is ingested: what counts here is what is brought in.
    api = await TestApi.start({ WORKER: 'separate' });
    await api.createUser('superuser');
  });
  afterAll(() => api.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'my-ia-folder-'));
    mkdirSync(join(folder, 'sous-dossier'));
    for (let at = 0; at < FILES; at += 1) {
      const name = `${at % 2 === 0 ? 'sous-dossier/' : ''}note-${at}.md`;
      writeFileSync(join(folder, name), `# Note ${at}\n\nLe bureau ${at} ouvre à ${at % 24} heures.\n`);
    }
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await api.app.get(UnitOfWork).query('DELETE FROM document');
  });

  const ingest = (...args: string[]): Run => new Run(['ingest', folder, '--collection', 'Notes', ...args], api.env);
  const documents = (): Promise<{ filename: string }[]> =>
    api.app.get(UnitOfWork).query<{ filename: string }>('SELECT filename FROM document ORDER BY filename');
  const counted = (pattern: RegExp, lines: readonly string[]): number =>
    lines.filter((line) => pattern.test(line)).length;

  it('says what became of each file, and fails when one could not be taken', async () => {
    writeFileSync(join(folder, 'plan.pdf'), Buffer.from('7f454c460201010000000000', 'hex'));
    writeFileSync(join(folder, 'vide.txt'), '');
    writeFileSync(join(folder, '.cachee.md'), 'Caché.');
    writeFileSync(join(folder, 'programme.exe'), 'MZ');
    symlinkSync('/etc/passwd', join(folder, 'lien.txt'));
    symlinkSync('..', join(folder, 'sous-dossier', 'cercle'));
    const run = ingest();
    expect(await run.exitCode()).toBe(1);
    expect(counted(/^added {5}\S*note-\d+\.md$/, run.lines)).toBe(FILES);
    expect(run.lines.filter((line) => line.startsWith('failed '))).toEqual([
      'failed    plan.pdf',
      'failed    vide.txt',
    ]);
    expect(run.lines.slice(-4)).toEqual([
      `${FILES} added, 0 updated, 0 unchanged, 0 removed, 2 failed.`,
      'Left out: 1 hidden, 2 links, 1 of other formats.',
      'Failed: plan.pdf (document.unsupported_type: Unsupported format)',
      'Failed: vide.txt (document.empty: Empty document)',
    ]);
    expect(await documents()).toHaveLength(FILES);
  });

  it('goes on after kill -9 where it was, brings nothing in twice and leaves no file without a document', async () => {
    const stored = (await storedFiles()).length;
    const killed = ingest();
    await killed.reported(FILES / 4);
    killed.kill('SIGKILL');
    expect(await killed.exitCode()).toBeNull();
    const before = (await documents()).length;
    expect(before).toBeGreaterThanOrEqual(FILES / 4);
    expect(before).toBeLessThan(FILES);

    const second = ingest();
    expect(await second.exitCode()).toBe(0);
    expect(second.lines.at(-1)).toBe(`${FILES - before} added, 0 updated, ${before} unchanged, 0 removed, 0 failed.`);
    const names = (await documents()).map(({ filename }) => filename);
    expect([names.length, new Set(names).size]).toEqual([FILES, FILES]);
    // The file it was at may be there without a document; the consistency check knows it, and there is no other.
    expect((await storedFiles()).length - stored - FILES).toBeLessThanOrEqual(1);

    const third = ingest();
    expect(await third.exitCode()).toBe(0);
    expect(third.lines.at(-1)).toBe(`0 added, 0 updated, ${FILES} unchanged, 0 removed, 0 failed.`);
  });

  it('ends after the file it is at on Ctrl-C, says so, and goes on the next time', async () => {
    const stopped = ingest('--prune');
    await stopped.reported(5);
    stopped.kill('SIGINT');
    expect(await stopped.exitCode()).toBe(130);
    expect(stopped.lines.at(-1)).toBe('Interrupted. The same command goes on from here.');
    const before = (await documents()).length;
    expect(before).toBe(counted(/^added /, stopped.lines));
    expect(before).toBeLessThan(FILES);
    const second = ingest('--prune');
    expect(await second.exitCode()).toBe(0);
    expect(second.lines.at(-1)).toBe(`${FILES - before} added, 0 updated, ${before} unchanged, 0 removed, 0 failed.`);
  });

  it('needs a folder', async () => {
    expect(await new Run(['ingest'], api.env).exitCode()).toBe(2);
  });

  it('says that a folder is not there', async () => {
    const run = new Run(['ingest', join(folder, 'nulle-part')], api.env);
    expect(await run.exitCode()).toBe(1);
    expect(run.lines.at(-1)).toContain('Unreadable folder: This folder cannot be read (ENOENT)');
  });

  const storedFiles = async (): Promise<string[]> => {
    const root = join(api.env['DATA_DIR'] ?? '', 'files');
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
});
