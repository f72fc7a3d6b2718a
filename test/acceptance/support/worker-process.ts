import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { familyOf, killAll } from './processes';
import { plainEnvironment, PROJECT } from './workspace';

/** Ended by force when this program is interrupted itself. */
const running = new Set<WorkerProcess>();
process.once('exit', () => {
  for (const worker of running) worker.kill();
});

/** A worker of its own, beside the product on a data directory: what another machine of a cluster would run. */
export class WorkerProcess {
  private readonly child: ChildProcess;

  constructor(dataDirectory: string, env: Readonly<Record<string, string>>) {
    const program = join(PROJECT, 'dist', 'apps', 'worker', 'src', 'main.js');
    const node = join(PROJECT, 'node_modules', '.bin', 'node');
    const settings = { DATA_DIR: dataDirectory, PORT: '0', LOG_LEVEL: 'error' };
    this.child = spawn(node, [program], { env: { ...plainEnvironment(), ...settings, ...env }, stdio: 'ignore' });
    running.add(this);
    this.child.once('exit', () => running.delete(this));
  }

  /** `kill -9`. */
  kill(): void {
    killAll(familyOf(this.child.pid ?? 0));
  }
}
