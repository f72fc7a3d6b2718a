import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CompiledLauncher, hasEnded, type LauncherProcess } from '#test/support/embedded-launcher';

import { GuardedProcess, type GuardedCommand } from './guarded-process';
import { isAlive } from './process-identity';

const folder = mkdtempSync(join(tmpdir(), 'my-ia-guard-'));
const log = join(folder, 'out.log');
const deaf = `process.on('SIGTERM', () => undefined); console.log('deaf'); setInterval(() => undefined, 1000);`;

const start = async (script: string, more: Partial<GuardedCommand> = {}): Promise<GuardedProcess> =>
  GuardedProcess.start({
    command: process.execPath,
    args: ['-e', script],
    env: {},
    stopSignal: 'TERM',
    stopSeconds: 10,
    log,
    ...more,
  });

/** Tells the log when it is interrupted. */
const SERVER = `process.on('SIGINT', () => console.log('interrupted server')); setInterval(() => undefined, 1000);`;

/** A launcher that guards one long-lived process, says both process ids and waits to be killed. */
const LAUNCHER = `
  process.on('SIGINT', () => console.log('interrupted launcher'));
  load('processes/guarded-process').GuardedProcess.start({
    command: process.execPath, args: ['-e', ${JSON.stringify(SERVER)}], env: {},
    stopSignal: 'TERM', stopSeconds: 10, log: ${JSON.stringify(log)},
  }).then((guarded) => {
    console.log('guarded ' + guarded.pid + ' by ' + guarded.guard.pid + '.');
    setInterval(() => undefined, 1000);
  });
`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('GuardedProcess', () => {
  it('reports the exit code of its command', async () => {
    const guarded = await start('process.exit(7)');
    await expect(guarded.exited).resolves.toBe(7);
    expect(guarded.running).toBe(false);
  });

  it('appends both outputs to the log and reads the given input', async () => {
    const input = join(folder, 'input');
    writeFileSync(input, 'from a file');
    const guarded = await start(`process.stdin.pipe(process.stdout); console.error('an error')`, { input });
    await guarded.exited;
    const written = readFileSync(log, 'utf8');
    expect(written).toContain('from a file');
    expect(written).toContain('an error');
  });

  it('passes on the given environment and nothing else', async () => {
    const guarded = await start(`process.exit(Object.keys(process.env).includes('HOME') ? 1 : 0)`);
    await expect(guarded.exited).resolves.toBe(0);
  });

  it('ends on request, and twice is no harm', async () => {
    const guarded = await start('setInterval(() => undefined, 1000)');
    await guarded.stop();
    await guarded.stop();
    expect(isAlive(guarded.pid)).toBe(false);
  });

  it('is killed when it does not end within its bound', async () => {
    const guarded = await start(deaf, { stopSeconds: 1 });
    while (!readFileSync(log, 'utf8').includes('deaf')) await new Promise((resolve) => setTimeout(resolve, 10));
    await guarded.stop();
    await expect(guarded.exited).resolves.toBe(137);
  });

  it('says so when the command does not exist', async () => {
    const guarded = await start('', { command: '/nowhere/server' });
    await expect(guarded.exited).resolves.toBe(127);
  });
});

describe('a guarded process whose launcher goes away', () => {
  const compiled = new CompiledLauncher();
  let launcher: LauncherProcess;
  let pid: number;
  let guard: number;

  beforeEach(async () => {
    launcher = compiled.run(LAUNCHER);
    const said = await launcher.says(/guarded (\d+) by (\d+)\./);
    [pid, guard] = [Number(said[1]), Number(said[2])];
  });
  afterEach(async () => launcher.end());
  afterAll(() => compiled.remove());

  it('ends when the launcher is killed by force', async () => {
    launcher.signal('SIGKILL');
    await expect(hasEnded(pid)).resolves.toBe(true);
    await expect(hasEnded(guard)).resolves.toBe(true);
  });

  it("ends when the launcher's whole group is killed by force", async () => {
    launcher.signalGroup('SIGKILL');
    await expect(hasEnded(pid)).resolves.toBe(true);
  });

  it('does not receive the Ctrl-C of the terminal', async () => {
    launcher.signalGroup('SIGINT');
    await launcher.says(/interrupted launcher/);
    expect(isAlive(pid)).toBe(true);
    expect(readFileSync(log, 'utf8')).not.toContain('interrupted server');
  });

  it('ends even when its guard is killed', async () => {
    process.kill(guard, 'SIGKILL');
    await expect(hasEnded(pid)).resolves.toBe(true);
  });
});
