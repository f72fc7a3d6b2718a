import 'reflect-metadata';

import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';

import { HttpConfig, parseConfig, type Environment } from '#libs/config';

import { ApiModule } from './api.module';
import { configureHttp, createHttpAdapter } from './configure-http';

export interface RunningProcess {
  readonly app: NestFastifyApplication;
  /** Where it listens, with the port that was really taken. */
  readonly url: string;
}

/** Wires a composition root and its HTTP side without listening. */
export const createProcess = async (module: DynamicModule, env: Environment): Promise<NestFastifyApplication> => {
  const config = parseConfig([HttpConfig], env).get(HttpConfig) as HttpConfig;
  const app = await NestFactory.create<NestFastifyApplication>(module, createHttpAdapter(config), {
    bufferLogs: true,
    abortOnError: false,
    // Signed requests are verified against the very bytes of the body.
    rawBody: true,
  });
  app.useLogger(app.get(Logger));
  await configureHttp(app);
  return app;
};

/** Starts a composition root and listens. @throws when it cannot start; nothing is left running then. */
export const startModule = async (module: DynamicModule, env: Environment): Promise<RunningProcess> => {
  const app = await createProcess(module, env);
  const { host, port } = app.get(HttpConfig);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  return { app, url: await app.getUrl() };
};

/** Starts the API, with the worker inside unless WORKER=separate. @throws InvalidConfigurationError */
export const startApi = (env: Environment): Promise<RunningProcess> => startModule(ApiModule.forRoot(env), env);
