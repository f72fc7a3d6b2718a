import { createRequire } from 'node:module';

import { LaunchError } from '../launch.error';

/** Chroma publishes its server as one native module per system; Linux builds also name their C library. */
const PACKAGE = `chromadb-js-bindings-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;

/**
 * Path of the native module that holds the server.
 * @throws LaunchError when Chroma is not published for this machine.
 */
export const chromaBinding = (): string => {
  try {
    // The native package belongs to chromadb and need not be visible from here.
    return createRequire(createRequire(__filename).resolve('chromadb')).resolve(PACKAGE);
  } catch (cause) {
    throw new LaunchError(
      {
        fr: `Pas de Chroma embarqué pour cette machine (${PACKAGE}) : indiquez un serveur par CHROMA_URL.`,
        en: `No embedded Chroma for this machine (${PACKAGE}): name a server with CHROMA_URL.`,
      },
      { cause },
    );
  }
};
