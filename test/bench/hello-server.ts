import 'reflect-metadata';

import { Controller, Get, Headers, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';

const { DATABASE_URL, JWT_SECRET } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });

/** The least a Nest application on Fastify can do, and the least that `GET /me` must do. */
@Controller()
class HelloController {
  constructor(private readonly jwt: JwtService) {}

  @Get('hello')
  hello(): object {
    return { hello: 'world' };
  }

  @Get('least')
  async least(@Headers('authorization') authorization = ''): Promise<unknown> {
    const { sub } = await this.jwt.verifyAsync<{ sub: string }>(authorization.slice('Bearer '.length));
    const sql = 'SELECT id, email, display_name, role, locale, time_zone, created_at FROM app_user WHERE id = $1';
    return (await pool.query(sql, [sub])).rows[0];
  }
}

@Module({ imports: [JwtModule.register({ secret: JWT_SECRET ?? '' })], controllers: [HelloController] })
class HelloModule {}

const main = async (): Promise<void> => {
  const app = await NestFactory.create<NestFastifyApplication>(HelloModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  console.log(`listening on ${await app.getUrl()}`);
  process.once('SIGTERM', () => process.exit(0));
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
