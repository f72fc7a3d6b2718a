import { writeFile } from 'node:fs/promises';

import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { ApiModule } from '#apps/api/src/api.module';
import { applyPrefix } from '#apps/api/src/configure-http';

import type { Command } from '../command';
import { generatedDocs } from '../generated-docs';

/** Nothing is connected to: `preview` makes no instance, and decorators say all the documents need. */
const PLACEHOLDERS = {
  DATABASE_URL: 'postgresql://openapi@localhost/openapi',
  CHROMA_URL: 'http://localhost',
  JWT_SECRET: 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf',
};

export const openApi: Command = {
  name: 'openapi',
  usage: '',
  summary: 'write what is derived from the code: OpenAPI document, role table, error catalogue',
  run: async (_args, env) => {
    const module = ApiModule.forRoot({ ...env, ...PLACEHOLDERS });
    const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: false });
    applyPrefix(app);
    for (const [file, text] of generatedDocs(app)) {
      await writeFile(file, text);
      console.log(`Wrote ${file}`);
    }
    return 0;
  },
};
