import { writeFile } from 'node:fs/promises';

import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { ApiModule } from '#apps/api/src/api.module';
import { applyPrefix } from '#apps/api/src/configure-http';
import { buildOpenApiDocument } from '#apps/api/src/openapi-document';

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
    const module = ApiModule.forRoot({ ...PLACEHOLDERS, ...env });
    const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: false, abortOnError: false });
    applyPrefix(app);
    await writeFile(file, `${JSON.stringify(buildOpenApiDocument(app), null, 2)}\n`);
    console.log(`Wrote ${file}`);
    return 0;
  },
};
