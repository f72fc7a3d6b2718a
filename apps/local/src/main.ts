import { readEnvironment } from '#libs/config';

import { loadApplication } from './launch/load-application';
import { runLocal } from './launch/run-local';

// The terminal may be gone before the last line is written.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

runLocal(readEnvironment(), loadApplication)
  .catch((error: unknown) => {
    console.error(error);
    return 1;
  })
  .then((code) => process.exit(code))
  .catch(() => undefined);
