import {
  Body,
  Controller,
  Delete,
  Get,
  Global,
  HttpCode,
  Injectable,
  Module,
  Post,
  Query,
  Res,
  Req,
  type Type,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { Type as TypeOf } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, IsString, MaxLength, Min, MinLength, ValidateNested } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { QueryFailedError } from 'typeorm';

import { configureHttp, createHttpAdapter } from '#apps/api/src/configure-http';
import { ConfigModule, HttpConfig, parseConfig, RuntimeModule, type Environment } from '#libs/config';
import {
  Access,
  AuthenticationRequiredError,
  Authenticator,
  CurrentUser,
  HttpModule,
  Idempotent,
  IdempotencyStore,
  InMemoryIdempotencyStore,
  openEventStream,
  RateLimit,
  RequestContext,
  ROLES,
  UuidParam,
  type Principal,
} from '#libs/http';
import { defineError, DomainError, SystemClock, RandomIds } from '#libs/kernel';
import { LOG_DESTINATION, ObservabilityModule } from '#libs/observability';

class ToyBusyError extends DomainError {
  static override readonly definition = defineError({
    code: 'toy.busy',
    kind: 'limited',
    fr: { title: 'Occupé', detail: 'Le jouet « {name} » est pris.' },
    en: { title: 'Busy', detail: 'The toy "{name}" is taken.' },
  });
}

class PartDto {
  @ApiProperty() @IsString() @MinLength(2) name!: string;
}

class ToyDto {
  @ApiProperty() @IsString() @MaxLength(20) name!: string;
  @ApiProperty() @IsOptional() @IsInt() @Min(1) size?: number;
  @ApiProperty() @IsOptional() @IsEmail() owner?: string;
  @ApiProperty({ type: [PartDto] })
  @IsOptional()
  @ValidateNested({ each: true })
  @TypeOf(() => PartDto)
  parts?: PartDto[];
}

/** `Bearer <role>:<id>`; anything else is refused. */
@Injectable()
class ToyAuthenticator extends Authenticator {
  override authenticate({ headers }: FastifyRequest): Promise<Principal> {
    const [, role, id = ''] = /^Bearer (\w+):([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
    const known = ROLES.find((candidate) => candidate === role);
    if (!known) return Promise.reject(new AuthenticationRequiredError());
    return Promise.resolve({ id, organizationId: 'organization', role: known, sessionId: 'session', locale: 'fr' });
  }
}

@Controller('toys')
@Access('user')
class ToyController {
  made = 0;
  lastStreamAborted = Promise.withResolvers<undefined>();

  constructor(private readonly context: RequestContext) {}

  @Get('open')
  @Access('public')
  open(@Query('q') q?: string) {
    return { q, requestId: this.context.requestId, locale: this.context.locale, traceparent: this.context.traceparent };
  }

  @Get('me')
  me(@CurrentUser() { id, role }: Principal) {
    return { id, role, seen: this.context.principal?.id };
  }

  @Get('admin')
  @Access('admin')
  admin() {
    return { ok: true };
  }

  @Get('by-id/:id')
  byId(@UuidParam() id: string) {
    return { id };
  }

  @Get('nobody')
  @Access('public')
  nobody(@CurrentUser() user: Principal) {
    return user;
  }

  @Get('busy')
  @Access('public')
  busy() {
    throw new ToyBusyError({ name: 'train', retryAfterSeconds: 7 });
  }

  @Get('sql')
  @Access('public')
  sql() {
    throw new QueryFailedError('SELECT secret FROM vault', ['hunter2'], new Error('relation "vault" does not exist'));
  }

  @Get('text')
  @Access('public')
  text(): string {
    throw 'a string'; // eslint-disable-line @typescript-eslint/only-throw-error -- strangers do
  }

  @Get('login')
  @Access('public')
  @RateLimit({ requests: 2, perSeconds: 60 })
  login() {
    return { ok: true };
  }

  @Post('echo')
  @HttpCode(200)
  @Access('public')
  async echo(@Body() toy: ToyDto) {
    await new Promise((resolve) => setImmediate(resolve));
    return { toy, requestId: this.context.requestId };
  }

  @Delete('one')
  @HttpCode(204)
  @Access('public')
  remove(@Body() body?: unknown) {
    if (body !== undefined) throw new Error('There should be no body');
  }

  @Post()
  @Idempotent()
  make(@Body() toy: ToyDto) {
    this.made += 1;
    if (toy.name === 'broken' && this.made === 1) throw new ToyBusyError({ name: toy.name });
    return { number: this.made, name: toy.name, size: toy.size };
  }

  @Post('secret')
  @Idempotent({ remember: (answer) => ({ ...(answer as object), secret: undefined }) })
  secret() {
    return { id: 1, secret: 'shown once' };
  }

  @Get('stream')
  @Access('public')
  async stream(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('fail') fail?: string,
    @Query('endless') endless?: string,
  ) {
    const stream = openEventStream(reply, request, { heartbeatMs: 5 });
    stream.closed.addEventListener('abort', () => this.lastStreamAborted.resolve(undefined));
    await stream.send(1, 'token', { text: 'one\ntwo' });
    if (fail) throw new Error('after the headers');
    if (endless) await this.lastStreamAborted.promise;
    else await new Promise((resolve) => setTimeout(resolve, 25));
    await stream.send('2\r\nevent: forged', 'done\n', { ok: true });
    stream.end();
    return { never: 'sent' };
  }
}

@Controller('forgotten')
class ForgottenController {
  @Get()
  read() {
    return { ok: true };
  }
}

export interface ToyApi {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly toys: ToyController;
  /** Lines of the structured log, parsed. */
  readonly log: Record<string, unknown>[];
}

interface ToyOptions {
  readonly env?: Environment;
  readonly providers?: Type[];
  readonly controllers?: Type[];
}

const ENV: Environment = {
  DATABASE_URL: 'postgres://127.0.0.1:1/unused',
  CHROMA_URL: 'http://127.0.0.1:1',
  JWT_SECRET: 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf',
  RATE_LIMIT_PER_MINUTE: '10000',
  PORT: '0',
};

/** The production HTTP configuration over controllers that misbehave in every way we can think of. */
export const startToyApi = async ({ env = {}, providers = [], controllers = [] }: ToyOptions = {}): Promise<ToyApi> => {
  const log: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => log.push(JSON.parse(line) as Record<string, unknown>) };

  @Global()
  @Module({
    providers: [
      { provide: Authenticator, useClass: ToyAuthenticator },
      { provide: LOG_DESTINATION, useValue: destination },
      ...providers,
    ],
    exports: [Authenticator, LOG_DESTINATION],
  })
  class GlobalsModule {}

  @Module({
    imports: [ConfigModule.forRoot({ ...ENV, ...env }), RuntimeModule, GlobalsModule, ObservabilityModule, HttpModule],
    controllers: [ToyController, ForgottenController, ...controllers],
  })
  class ToyModule {}

  const config = parseConfig([HttpConfig], { ...ENV, ...env }).get(HttpConfig) as HttpConfig;
  const testing = await Test.createTestingModule({ imports: [ToyModule] })
    .overrideProvider(IdempotencyStore)
    .useValue(new InMemoryIdempotencyStore(new SystemClock(), new RandomIds()))
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter(config), { bufferLogs: true });
  app.useLogger(app.get(Logger));
  await configureHttp(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, url: await app.getUrl(), toys: app.get(ToyController), log };
};
