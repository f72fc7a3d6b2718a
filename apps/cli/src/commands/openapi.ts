import { writeFile } from 'node:fs/promises';

import { ApiModule } from '#apps/api/src/api.module';
import { buildOpenApiDocument } from '#apps/api/src/openapi-document';
import { createProcess } from '#apps/api/src/start';

import type { Command } from '../command';

const DEFAULT_FILE = 'docs/openapi.json';

/** Nothing is connected to: `preview` wires no instance, and the document only needs the decorators. */
const PLACEHOLDERS = {
  DATABASE_URL: 'postgresql://openapi@localhost/openapi',
  CHROMA_URL: 'http://localhost',
  JWT_SECRET: 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf',
};

export const openApi: Command = {
  name: 'openapi',
  usage: '[file]',
  summary: `write the OpenAPI document, ${DEFAULT_FILE} by default`,
  run: async ([file = DEFAULT_FILE], env) => {
    const app = await createProcess(ApiModule.forRoot({ ...PLACEHOLDERS, ...env }), env);
    await writeFile(file, `${JSON.stringify(buildOpenApiDocument(app), null, 2)}\n`);
    console.log(`Wrote ${file}`);
    return 0;
  },
};
