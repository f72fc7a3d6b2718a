import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { platform } from '#apps/api/src/platform/platform';
import { AuthModule } from '#libs/auth';
import { ChatModule } from '#libs/chat';
import type { Environment } from '#libs/config';
import { IngestionModule } from '#libs/ingestion';

/** The libraries without HTTP and without workers. */
@Module({})
class CliModule {
  static forRoot(env: Environment): DynamicModule {
    return { module: CliModule, imports: [...platform(env), AuthModule, IngestionModule, ChatModule] };
  }
}

/** Lends the wired libraries to one command and closes them afterwards, whatever happens. */
export const withApplication = async <T>(
  env: Environment,
  work: (application: INestApplicationContext) => Promise<T>,
): Promise<T> => {
  const quiet = { LOG_LEVEL: 'warn', LOG_FORMAT: 'pretty' };
  const application = await NestFactory.createApplicationContext(CliModule.forRoot({ ...quiet, ...env }), {
    bufferLogs: true,
  });
  try {
    return await work(application);
  } finally {
    await application.close();
  }
};
