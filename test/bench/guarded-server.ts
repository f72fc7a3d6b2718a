import 'reflect-metadata';

import { Controller, Get, Module } from '@nestjs/common';

import { ApiModule } from '#apps/api/src/api.module';
import { startModule } from '#apps/api/src/start';
import { readEnvironment } from '#libs/config';
import { UnitOfWork, type PreparedStatement } from '#libs/database';
import { Access } from '#libs/http';

/** The work of every route here: one row, which every role may read. */
const WORK: PreparedStatement = { name: 'bench-work', sql: `SELECT 'Mesure' AS name, now() AS "at"` };

/** The same work with every way to be let in, within the product's own composition. */
@Controller('bench')
class BenchController {
  constructor(private readonly uow: UnitOfWork) {}

  @Get('open')
  @Access('public')
  open(): Promise<unknown> {
    return this.work();
  }

  @Get('signed-in')
  @Access('user', { scope: 'profile:read' })
  signedIn(): Promise<unknown> {
    return this.work();
  }

  private async work(): Promise<unknown> {
    return (await this.uow.queryPrepared(WORK, []))[0];
  }
}

@Module({})
class GuardedModule {}

const main = async (): Promise<void> => {
  const env = readEnvironment();
  const module = { module: GuardedModule, imports: [ApiModule.forRoot(env)], controllers: [BenchController] };
  const { url } = await startModule(module, env);
  console.log(`listening on ${url}`);
  process.once('SIGTERM', () => process.exit(0));
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
