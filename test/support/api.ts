import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request, { type Response, type Test } from 'supertest';

import { startApi } from '#apps/api/src/start';
import { OrganizationEntity, PasswordHasher, UserEntity } from '#libs/auth';
import type { Environment } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Role } from '#libs/http';

import { Contract } from './contract';
import { chromaUrl, createTestDatabase } from './embedded-servers';

export const TEST_PASSWORD = 'correct horse battery staple';

export interface TestUser {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The production composition on a database of its own, listening on a free port. */
export class TestApi {
  private readonly contract = new Contract();
  private readonly violations = new Set<string>();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    /** What it was started with; other processes beside it need the same. */
    readonly env: Environment,
    private readonly release: () => Promise<void>,
  ) {}

  static async start(overrides: Environment = {}): Promise<TestApi> {
    const [database, chroma, dataDir] = await Promise.all([
      createTestDatabase(),
      chromaUrl(),
      mkdtemp(join(tmpdir(), 'my-ia-test-')),
    ]);
    const env: Environment = {
      DATABASE_URL: database.url,
      CHROMA_URL: chroma,
      DATA_DIR: dataDir,
      PORT: '0',
      JWT_SECRET: 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf',
      LLM_PROVIDER: 'builtin',
      // A model is asked what a test asks it, and nothing beside.
      CHAT_TITLES: 'question',
      EMBEDDINGS_PROVIDER: 'builtin',
      LOG_LEVEL: 'silent',
      RATE_LIMIT_PER_MINUTE: '100000',
      ...overrides,
    };
    const { app, url } = await startApi(env);
    return new TestApi(app, url, env, async () => {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  /**
   * A supertest agent on `/api/v1` paths given without the prefix; `as` signs each request. Every answer is held against
   * the OpenAPI document; {@link close} tells what was not as documented.
   */
  http(as?: TestUser) {
    const agent = request.agent(`${this.url}/api/v1`).use((test: Test) => {
      test.on('response', (response: Response) => this.inspect(test, response));
    });
    return as ? agent.set('Authorization', `Bearer ${as.accessToken}`) : agent;
  }

  async createOrganization(name = 'Autre société'): Promise<string> {
    const id = randomUUID();
    await this.app.get(UnitOfWork).repository(OrganizationEntity).insert({ id, organizationId: id, name });
    return id;
  }

  /** Creates a user and signs in. Without an organization the first one is used, made when there is none. */
  async createUser(role: Role = 'user', organizationId?: string): Promise<TestUser> {
    const organization = organizationId ?? (await this.firstOrganization());
    const id = randomUUID();
    const email = `${role}-${id.slice(0, 8)}@exemple.fr`;
    await this.app
      .get(UnitOfWork)
      .repository(UserEntity)
      .insert({
        id,
        organizationId: organization,
        email,
        displayName: `Test ${role}`,
        passwordHash: await this.app.get(PasswordHasher).hash(TEST_PASSWORD),
        role,
        locale: 'fr',
        timeZone: 'Europe/Paris',
      });
    const signedIn = await this.http()
      .post('/auth/login')
      .set('X-Forwarded-For', addressOf(id))
      .send({ email, password: TEST_PASSWORD })
      .expect(200);
    const { accessToken, refreshToken } = signedIn.body as Pick<TestUser, 'accessToken' | 'refreshToken'>;
    return { id, organizationId: organization, email, accessToken, refreshToken };
  }

  /** @throws Error naming each answer that was not as the OpenAPI document says. */
  async close(): Promise<void> {
    await this.release();
    if (this.violations.size > 0) throw new Error(`Not as documented:\n${[...this.violations].join('\n')}`);
  }

  private inspect({ method, url }: { method: string; url: string }, response: Response): void {
    const { pathname: path, searchParams } = new URL(url);
    // A list of chosen fields is a part of what is documented, by definition.
    const body = searchParams.has('fields') ? undefined : (response.body as unknown);
    const exchange = { method, path, status: response.status, contentType: response.type, body };
    const violation = this.contract.violation(exchange);
    if (violation !== undefined) this.violations.add(violation);
  }

  private async firstOrganization(): Promise<string> {
    const existing = await this.app
      .get(UnitOfWork)
      .repository(OrganizationEntity)
      .findOne({ where: {}, order: { createdAt: 'ASC' } });
    return existing?.id ?? this.createOrganization('MY-IA');
  }
}

/** Behind a trusted proxy each user has an address of his own, so that many sign-ins are not taken for an attack. */
const addressOf = (id: string): string => `2001:db8:${id.slice(0, 4)}:${id.slice(4, 8)}::1`;
