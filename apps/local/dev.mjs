// `npm run dev`: rebuilds and restarts when a source changes. A whole build takes under a second, so nothing is kept
// half-built in memory, and a file that no longer compiles leaves the running version alone.
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PREPARE = fileURLToPath(new URL('prepare.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/apps/local/src/main.js', import.meta.url));
/** Editors write a file in several steps, and a checkout writes many files. */
const QUIET_MS = 200;

let running;
let stopping = false;
let restarting = false;
let timer;

const start = () => {
  const child = spawn(process.execPath, [MAIN], { cwd: ROOT, stdio: 'inherit' });
  running = child;
  child.once('exit', (code) => {
    running = undefined;
    if (stopping) process.exit(code ?? 1);
    if (!restarting) console.log('MY-IA: waiting for a change...');
  });
};

const ended = (child) => new Promise((resolve) => child.once('exit', resolve));

const restart = async () => {
  if (restarting || stopping) return;
  if (spawnSync(process.execPath, [PREPARE], { cwd: ROOT, stdio: 'inherit' }).status !== 0) return;
  restarting = true;
  if (running) {
    running.kill('SIGTERM');
    await ended(running);
  }
  restarting = false;
  if (!stopping) start();
};

const stop = (signal) => {
  stopping = true;
  if (!running) process.exit(0);
  // The terminal's Ctrl-C reaches the child by itself.
  if (signal !== 'SIGINT') running.kill(signal);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
for (const folder of ['apps', 'libs']) {
  watch(`${ROOT}/${folder}`, { recursive: true }, (_event, file) => {
    if (!/(?<!\.spec)\.tsx?$/.test(file ?? '')) return;
    clearTimeout(timer);
    timer = setTimeout(restart, QUIET_MS);
  });
}
start();
