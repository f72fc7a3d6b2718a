// `npm test [-- pattern or file]`: Jest on Node 24, ending with one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const folder = mkdtempSync(join(tmpdir(), 'my-ia-jest-'));
const report = join(folder, 'report.json');

// NestJS 12 is published as ES modules, which Jest loads through Node's vm modules.
const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const child = spawn(process.execPath, [jest, '--json', `--outputFile=${report}`, ...process.argv.slice(2)], {
  cwd: ROOT,
  env: { ...process.env, NODE_OPTIONS: [process.env.NODE_OPTIONS, ...NODE_FLAGS].filter(Boolean).join(' ') },
  // Jest tells people what happens on stderr; with --json its stdout is the report, which the file holds as well.
  stdio: ['inherit', 'ignore', 'inherit'],
});

/** Jest counts a file that does not even load as no test at all; here it counts as one that failed. */
const summary = ({ numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) => {
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}`;
};

const results = () => (existsSync(report) ? summary(JSON.parse(readFileSync(report, 'utf8'))) : '0 passed, 1 failed');

// Jest gets the terminal's Ctrl-C as well; its end is waited for, so that the summary and the exit code are right.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

child.once('exit', (code) => {
  console.log(results());
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});
