import { spawnSync } from 'node:child_process';

const LOOK = `fetch(process.argv[1] + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

export interface RealServer {
  readonly url: string;
  readonly apiKey: string | undefined;
}

/** The Qdrant at `QDRANT_URL`, if one answers there. Asked before tests are named, so without a promise. */
export const realServer = (): RealServer | undefined => {
  const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = process.env;
  if (url !== undefined && spawnSync(process.execPath, ['-e', LOOK, url], { timeout: 5_000 }).status === 0) {
    return { url, apiKey };
  }
  console.warn(`SKIPPED: no Qdrant answers at QDRANT_URL (${url ?? 'not set'}); only the double is asked.`);
  return undefined;
};
