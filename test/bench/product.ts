import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { pause } from './measure';
import type { Program, Programs, Variables } from './programs';

const START_SECONDS = 90;
const LOOK_EVERY_MS = 15;

export const ACCOUNT = { email: 'bench@my-ia.local', password: 'seulement pour une mesure' } as const;

/** What every run of the product gets, besides its ways to differ. */
const COMMON: Variables = {
  HOST: '127.0.0.1',
  RATE_LIMIT_PER_MINUTE: '1000000000',
  SUPERUSER_EMAIL: ACCOUNT.email,
  SUPERUSER_PASSWORD: ACCOUNT.password,
  // Whoever runs this may have an Ollama; the figures must not depend on it.
  LLM_PROVIDER: 'builtin',
  EMBEDDINGS_PROVIDER: 'builtin',
  // Nothing beside the answer that is measured.
  CHAT_TITLES: 'question',
  // Empty is absent, also for a .env file: only servers of our own are measured, and filled.
  DATABASE_URL: '',
  CHROMA_URL: '',
  JWT_SECRET: '',
  METRICS_TOKEN: '',
};

interface Servers {
  readonly DATABASE_URL: string;
  readonly CHROMA_URL: string;
  readonly JWT_SECRET: string;
}

/** The product as a person runs it: `npm start` in the project, with a data directory of its own. */
export class Product {
  private constructor(
    private readonly program: Program,
    private readonly dataDir: string,
    readonly url: string,
    /** From the start of npm to the first 200 of /health/ready. */
    readonly startSeconds: number,
  ) {}

  static async start(programs: Programs, project: string, dataDir: string, env: Variables = {}): Promise<Product> {
    // Known beforehand, so that asking can begin at once.
    const port = await freePort();
    const begun = performance.now();
    const program = programs.start({
      command: 'npm',
      args: ['start'],
      cwd: project,
      env: { ...COMMON, DATA_DIR: dataDir, PORT: String(port), ...env },
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await isReady(port))) {
      if (!program.running || performance.now() - begun > START_SECONDS * 1_000) {
        throw new Error(`npm start did not succeed:\n${program.output}`);
      }
      await pause(LOOK_EVERY_MS);
    }
    const startSeconds = (performance.now() - begun) / 1_000;
    await program.printed(/(health\/ready)/);
    return new Product(program, dataDir, url, startSeconds);
  }

  /** Process id of npm; everything else descends from it. */
  get pid(): number {
    return this.program.pid;
  }

  get servers(): Servers {
    return JSON.parse(readFileSync(join(this.dataDir, 'running.json'), 'utf8')) as Servers;
  }

  async stop(programs: Programs): Promise<void> {
    await programs.stop(this.program);
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const isReady = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health/ready', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
