import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { Client } from 'pg';

import { platform } from '#apps/api/src/platform/platform';
import { AuditTrail } from '#libs/audit';
import { UnitOfWork } from '#libs/database';

import { inTurn, median, milliseconds } from './measure';
import { Product } from './product';
import { Programs } from './programs';
import { render, type Row, type Section } from './report';

/** From dist/test/bench. */
const PROJECT = join(__dirname, '../../..');
const RUNS = 200;
const ROUNDS = 20;
/** Twice the connections of the pool: some wait, as under load. */
const WRITERS = 16;
const WRITES_EACH = 10;
const ORGANIZATION = randomUUID();

type Write = () => Promise<void>;

/** What the product does, the same without the audit, and what a chain that is written in the transaction would cost. */
class Writes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  readonly plain: Write = () => this.uow.run(() => this.change());

  readonly audited: Write = () =>
    this.uow.run(async () => {
      await this.change();
      await this.record();
    });

  /** Whoever writes the next link must wait for the commit of the one before. */
  readonly chained: Write = () =>
    this.uow.run(async () => {
      await this.uow.query('SELECT pg_advisory_xact_lock(42)');
      await this.change();
      await this.record();
    });

  private async change(): Promise<void> {
    await this.uow.query('INSERT INTO bench_write VALUES ($1, $2)', [randomUUID(), 'Mesure']);
  }

  private record(): Promise<void> {
    return this.trail.record({
      action: 'bench.created',
      resource: 'bench',
      resourceId: randomUUID(),
      organizationId: ORGANIZATION,
      after: { name: 'Mesure', visibility: 'private' },
      outcome: 'succeeded',
    });
  }
}

const crowd = async (write: Write): Promise<void> => {
  const writers = Array.from({ length: WRITERS }, async () => {
    for (let done = 0; done < WRITES_EACH; done += 1) await write();
  });
  await Promise.all(writers);
};

@Module({})
class Bench {}

const row = async (name: string, runs: number, ours: Write, baseline: Write, writes = 1): Promise<Row> => {
  const pair = await inTurn(runs, ours, baseline);
  const [mine, theirs] = [median(pair.ours) / writes, median(pair.baseline) / writes];
  return { name, ours: milliseconds(mine), baseline: milliseconds(theirs), ratio: mine / theirs };
};

/** The product's own roles make no tables. */
const asOwner = async ({ DATABASE_URL }: Readonly<Record<string, string>>, sql: string): Promise<void> => {
  const client = new Client({ connectionString: DATABASE_URL });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

/** Per write, as the median of many turns. */
const measure = async (env: Readonly<Record<string, string>>): Promise<Section> => {
  const module = { module: Bench, imports: platform({ LOG_LEVEL: 'silent', ...env }) };
  const application = await NestFactory.createApplicationContext(module, { logger: false });
  try {
    const uow = application.get(UnitOfWork);
    await asOwner(env, 'CREATE TABLE bench_write (id uuid PRIMARY KEY, name text NOT NULL)');
    const { plain, audited, chained } = new Writes(uow, application.get(AuditTrail));
    const of =
      (write: Write): Write =>
      () =>
        crowd(write);
    const writes = WRITERS * WRITES_EACH;
    return {
      title: 'Audit (ours: audited write, baseline: plain write)',
      rows: [
        await row('one writer', RUNS, audited, plain),
        await row(`${WRITERS} writers of one organization`, ROUNDS, of(audited), of(plain), writes),
        await row('the same with the chain inside the transaction', ROUNDS, of(chained), of(plain), writes),
      ],
      notes: ['The sealer runs beside every row.'],
    };
  } finally {
    await application.close();
  }
};

const main = async (): Promise<void> => {
  const programs = new Programs();
  const folder = mkdtempSync(join(tmpdir(), 'my-ia-bench-'));
  // As root, PostgreSQL runs under another account, which must get through.
  chmodSync(folder, 0o711);
  try {
    const product = await Product.start(programs, PROJECT, join(folder, 'data'));
    const { DATABASE_URL, CHROMA_URL, JWT_SECRET } = product.servers;
    console.log(render([await measure({ DATABASE_URL, CHROMA_URL, JWT_SECRET, DATA_DIR: join(folder, 'data') })]));
  } finally {
    await programs.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
