import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { waitUntil } from '../processes/wait-until';
import { CompiledLauncher, hasEnded, type LauncherProcess } from '#test/support/embedded-launcher';

/** Stands in for the product: counts its starts in the database it was given, and listens. */
const SCRIPT = `
  const { Client } = require('pg');
  const load_ = async () => async (env, credentials) => {
    const client = new Client({ connectionString: env.DATABASE_URL });
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS start (id serial)');
    await client.query('INSERT INTO start DEFAULT VALUES');
    const { rows } = await client.query('SELECT count(*)::int AS starts, (SELECT setting FROM pg_settings WHERE name = $1) AS port FROM start', ['port']);
    await client.end();
    const { status } = await fetch(env.CHROMA_URL + '/api/v2/heartbeat');
    const server = require('node:http').createServer().listen(Number(env.PORT ?? 3000), '127.0.0.1');
    await require('node:events').once(server, 'listening');
    console.log('start ' + rows[0].starts + ', chroma ' + status + ', key ' + env.JWT_SECRET.length);
    const created = rows[0].starts === 1;
    return {
      url: 'http://127.0.0.1:' + server.address().port,
      superuser: { email: credentials.email, created },
      ingestDocumentation: async () => undefined,
      close: async () => { console.log('application closed'); server.closeAllConnections(); server.close(); },
    };
  };
  const { LocalServers } = load('launch/local-servers');
  const { start } = LocalServers.prototype;
  LocalServers.prototype.start = async function () {
    const urls = await start.call(this);
    console.log('servers ' + this.postgres.pid + ' ' + this.chroma.pid + '.');
    return urls;
  };
  load('launch/run-local').runLocal(process.env, load_).then((code) => process.exit(code));
`;

describe('the one-command start', () => {
  const compiled = new CompiledLauncher();
  const launched: LauncherProcess[] = [];
  let folder: string;

  const launch = (env: Record<string, string> = {}): LauncherProcess => {
    const launcher = compiled.run(SCRIPT, { PORT: '0', DATA_DIR: join(folder, 'data'), ...env });
    launched.push(launcher);
    return launcher;
  };
  const serverPids = async (launcher: LauncherProcess): Promise<[number, number]> => {
    const said = await launcher.says(/servers (\d+) (\d+)\./);
    return [Number(said[1]), Number(said[2])];
  };
  const ready = /MY-IA is ready/;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'my-ia-launch-'));
    if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  });
  afterEach(async () => {
    await Promise.all(launched.splice(0).map(async (launcher) => launcher.end()));
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => compiled.remove());

  it('says where to go and how to sign in, and shows the password once only', async () => {
    const first = launch();
    await first.says(/Ctrl-C stops everything/);
    expect(first.output).toMatch(/start 1, chroma 200, key 43/);
    expect(first.output).toMatch(/Swagger\) +http:\/\/127\.0\.0\.1:\d+\/docs/);
    expect(first.output).toMatch(/Password +[\w-]{20} /);
    first.signal('SIGTERM');
    await expect(first.exit()).resolves.toBe(0);

    const second = launch();
    await second.says(/Ctrl-C stops everything/);
    expect(second.output).toContain('start 2');
    expect(second.output).not.toMatch(/Password/);
  });

  it('shows the password again when the first start was cut before it could', async () => {
    const first = launch();
    await first.says(/start 1/);
    first.signalGroup('SIGKILL');
    await first.exit();
    const second = launch();
    await second.says(ready);
    // Either the first start was killed before its banner, or its banner was seen.
    expect(/Password/.test(first.output) || /Password/.test(second.output)).toBe(true);
  });

  it('stops application and servers in order on Ctrl-C, with code 0', async () => {
    const launcher = launch();
    const pids = await serverPids(launcher);
    await launcher.says(ready);
    launcher.signalGroup('SIGINT');
    await expect(launcher.exit()).resolves.toBe(0);
    expect(launcher.output).toMatch(/application closed\n[\s\S]*has stopped/);
    for (const pid of pids) await expect(hasEnded(pid)).resolves.toBe(true);
  });

  it('takes the Ctrl-C that npm passes on for the same one', async () => {
    const launcher = launch();
    await launcher.says(ready);
    launcher.signal('SIGINT');
    launcher.signal('SIGINT');
    await expect(launcher.exit()).resolves.toBe(0);
  });

  it('leaves no server when its whole group is killed by force, and starts again at once', async () => {
    const launcher = launch();
    const pids = await serverPids(launcher);
    await launcher.says(ready);
    launcher.signalGroup('SIGKILL');
    const next = launch();
    await next.says(/start 2/);
    for (const pid of pids) await expect(hasEnded(pid)).resolves.toBe(true);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'starts again at once when %s cut the making of the database',
    async (signal) => {
      const launcher = launch();
      const data = join(folder, 'data');
      await waitUntil(() => existsSync(data) && readdirSync(data).some((name) => name.startsWith('postgres.new')), 30);
      launcher.signalGroup(signal);
      const next = launch();
      await next.says(/start 1/);
      await expect(launcher.exit()).resolves.toBe(signal === 'SIGINT' ? 0 : null);
      if (signal === 'SIGINT')
        expect(launcher.output.trim().split('\n')).toEqual([
          'Starting MY-IA…',
          'Stopping MY-IA…',
          'MY-IA has stopped.',
        ]);
    },
  );

  it('stops with an error when a server ends by itself', async () => {
    const launcher = launch();
    const [, chroma] = await serverPids(launcher);
    await launcher.says(ready);
    process.kill(chroma, 'SIGKILL');
    await expect(launcher.exit()).resolves.toBe(1);
    expect(launcher.output).toMatch(/Chroma ended without being asked to/);
  });

  it('runs beside another instance, but not on the same data', async () => {
    const one = launch();
    const other = launch({ DATA_DIR: join(folder, 'other') });
    await Promise.all([one.says(ready), other.says(ready)]);
    const intruder = launch();
    await expect(intruder.exit()).resolves.toBe(1);
    expect(intruder.output).toMatch(/data is already used by a MY-IA instance \(process \d+\): stop it/);
  });

  it('starts again on the same data and port while the first instance is still ending', async () => {
    const first = launch();
    await first.says(ready);
    const port = /127\.0\.0\.1:(\d+)\/docs/.exec(first.output)?.[1] ?? '';
    first.signal('SIGTERM');
    await first.says(/Stopping MY-IA/);
    const next = launch({ PORT: port });
    await next.says(/start 2/);
  });

  it('says in one line that the port is taken, before it starts anything', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const launcher = launch({ PORT: String(port), LANG: 'fr_FR.UTF-8' });
    await expect(launcher.exit()).resolves.toBe(1);
    expect(launcher.output.trim().split('\n')).toEqual([
      'Démarrage de MY-IA…',
      expect.stringMatching(new RegExp(`^Le port ${port} est déjà utilisé : .*PORT=${port + 1} npm start`)) as string,
    ]);
    holder.close();
  });

  it('says in one line that the data directory holds something else', async () => {
    writeFileSync(join(folder, 'holiday.jpg'), '');
    const launcher = launch({ DATA_DIR: folder });
    await expect(launcher.exit()).resolves.toBe(1);
    expect(launcher.output).toMatch(/holds files that are not MY-IA's: name an empty or new folder with DATA_DIR/);
  });
});
