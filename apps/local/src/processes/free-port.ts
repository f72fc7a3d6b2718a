import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

import { LaunchError } from '../launch.error';

/**
 * Below the ranges the systems take outgoing ports from (Linux 32768, macOS 49152), so a port found free is not taken
 * by some connection a moment later, as would happen with one the kernel hands out.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 50;

/** A TCP port of 127.0.0.1 nobody listens on. Another process may still be faster: callers retry. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if ((await bindFailure(port, '127.0.0.1')) === undefined) return port;
  }
  throw new LaunchError({
    fr: `Aucun port libre entre ${FIRST_PORT} et ${LAST_PORT} sur 127.0.0.1 : fermez des programmes puis recommencez.`,
    en: `No free port between ${FIRST_PORT} and ${LAST_PORT} on 127.0.0.1: close some programs, then try again.`,
  });
};

/** @returns the system's error code (`EADDRINUSE`, `EACCES`, ...) when nothing can listen there, else undefined. */
export const bindFailure = async (port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
