import { mkdirSync } from 'node:fs';
import { get } from 'node:http';

import { LaunchError } from '../launch.error';
import { freePort } from '../processes/free-port';
import { GuardedProcess } from '../processes/guarded-process';
import { lastComplaint, readLog, rotateLog } from '../processes/log-file';
import { waitUntil } from '../processes/wait-until';
import { chromaBinding } from './chroma-binding';

const ATTEMPTS = 5;
const START_SECONDS = 60;
/** It ends at once: SQLite's journal, not an orderly exit, keeps its data whole. */
const STOP_SECONDS = 5;
const PORT_TAKEN = /is not available|Address already in use/;

/**
 * What `chroma run` of the npm package does, without the rest of its command line: 4 MB less. The native call never
 * returns.
 */
const RUN = `require(process.argv[1]).cli(['chroma', 'run', '--path', process.argv[2], '--host', '127.0.0.1', '--port', process.argv[3]])`;

export interface ChromaServerOptions {
  /** Folder of the vectors; created when absent. */
  readonly directory: string;
  readonly log: string;
}

/**
 * A real Chroma server as a guarded child, on 127.0.0.1 only. It makes no outgoing connection: it has neither
 * telemetry nor update check, and OpenTelemetry stays off without a configuration file.
 */
export class ChromaServer {
  private current: GuardedProcess | undefined;

  constructor(private readonly options: ChromaServerOptions) {}

  /** Process id of the server, for measurements. */
  get pid(): number | undefined {
    return this.current?.pid;
  }

  /** Resolves when the running server ends; never before {@link start} has. */
  get exited(): Promise<number> {
    return this.current?.exited ?? new Promise(() => undefined);
  }

  /**
   * Starts the server and waits for its heartbeat.
   * @returns its base URL.
   * @throws LaunchError, whose line names the log.
   */
  async start(): Promise<string> {
    mkdirSync(this.options.directory, { recursive: true, mode: 0o700 });
    const binding = chromaBinding();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const port = await freePort();
      const server = await this.spawn(binding, port);
      await waitUntil(async () => !server.running || (await beats(port)), START_SECONDS);
      if (server.running && (await beats(port))) return `http://127.0.0.1:${port}`;
      await server.stop();
      if (!PORT_TAKEN.test(readLog(this.options.log))) break;
    }
    throw this.refusal();
  }

  async stop(): Promise<void> {
    await this.current?.stop();
  }

  private async spawn(binding: string, port: number): Promise<GuardedProcess> {
    const { directory, log } = this.options;
    rotateLog(log);
    this.current = await GuardedProcess.start({
      command: process.execPath,
      args: ['-e', RUN, binding, directory, String(port)],
      // Arenas are per thread in glibc; two are plenty here and keep the peak low.
      env: { HOME: directory, PATH: '/usr/local/bin:/usr/bin:/bin', MALLOC_ARENA_MAX: '2' },
      stopSignal: 'TERM',
      stopSeconds: STOP_SECONDS,
      log,
    });
    return this.current;
  }

  private refusal(): LaunchError {
    const { log } = this.options;
    return new LaunchError({
      fr: `Chroma n’a pas démarré : ${lastComplaint(log)} (journal : ${log})`,
      en: `Chroma did not start: ${lastComplaint(log)} (log: ${log})`,
    });
  }
}

const beats = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/api/v2/heartbeat', agent: false, timeout: 1_000 });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
