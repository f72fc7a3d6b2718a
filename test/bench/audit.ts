import { randomUUID } from 'node:crypto';

import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { Client } from 'pg';
import { Column, Entity, type Repository } from 'typeorm';

import { platform } from '#apps/api/src/platform/platform';
import { AuditedCrudService, AuditTrail, VerifyChains } from '#libs/audit';
import type { ResourceDefinition } from '#libs/crud';
import { BaseEntity, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { RandomIds } from '#libs/kernel';

import { inTurn, median, milliseconds } from './measure';
import type { Row, Section } from './report';

const RUNS = 200;
const ROUNDS = 20;
/** Twice the connections of the pool: some wait, as under load. */
const WRITERS = 16;
const WRITES_EACH = 10;
const ORGANIZATION = randomUUID();
const ENTRIES = 10_000;
const VERIFY_SECONDS = 2;
const AT_ONCE = 500;

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

@Entity('bench_row')
class BenchRow extends BaseEntity {
  @Column('text')
  name!: string;
}

const DEFINITION: ResourceDefinition<BenchRow, Pick<BenchRow, 'id' | 'name'>> = {
  name: 'bench-row',
  entity: BenchRow,
  creatable: ['name'],
  ...{ updatable: [], filterable: [], sortable: [], searchable: [], selectable: ['id', 'name'] },
  defaultSort: ['name', 'ASC'],
  present: ({ id, name }) => ({ id, name }),
};

class BenchRows extends AuditedCrudService<BenchRow, Pick<BenchRow, 'id' | 'name'>> {
  constructor(uow: UnitOfWork, trail: AuditTrail) {
    super(DEFINITION, uow, new RandomIds(), trail);
  }
}

const CALLER: Principal = {
  ...{ id: randomUUID(), organizationId: ORGANIZATION, sessionId: randomUUID() },
  ...{ role: 'admin', locale: 'fr' },
};

@Module({ imports: [TypeOrmModule.forFeature([BenchRow])] })
class Bench {}

const row = async (name: string, runs: number, ours: Write, baseline: Write, writes = 1): Promise<Row> => {
  const pair = await inTurn(runs, ours, baseline);
  const [mine, theirs] = [median(pair.ours) / writes, median(pair.baseline) / writes];
  return { name, ours: milliseconds(mine), baseline: milliseconds(theirs), ratio: mine / theirs };
};

const TABLES = `
  CREATE TABLE bench_write (id uuid PRIMARY KEY, name text NOT NULL);
  CREATE TABLE bench_row (id uuid PRIMARY KEY, organization_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(), version integer NOT NULL DEFAULT 1, name text NOT NULL)`;

/** The product's own roles make no tables. */
const asOwner = async (url: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

/** A chain of its own, sealed; then what verification takes. */
const verified = async (application: INestApplicationContext): Promise<Row> => {
  const [uow, trail, chains] = [
    application.get(UnitOfWork),
    application.get(AuditTrail),
    application.get(VerifyChains),
  ];
  const organizationId = randomUUID();
  await uow.run(async () => {
    for (let number = 1; number <= ENTRIES; number += 1) {
      const after = { name: `Mesure ${number}`, visibility: 'private' };
      const act = { action: 'bench.created', resource: 'bench', resourceId: randomUUID(), organizationId };
      await trail.record({ ...act, after, outcome: 'succeeded' });
    }
  });
  await chains.organization(organizationId);
  const begun = performance.now();
  const { isIntact, entries } = await chains.organization(organizationId);
  const seconds = (performance.now() - begun) / 1_000;
  if (!isIntact || entries !== ENTRIES) throw new Error('The chain nobody touched is not intact');
  const goal = { text: `< ${VERIFY_SECONDS} s`, isMet: seconds < VERIFY_SECONDS };
  return { name: `${ENTRIES} entries verified`, ours: `${seconds.toFixed(2)} s`, goal };
};

/** Writes at once, more than any pool has connections, into one chain that is sealed meanwhile. */
const atOnce = async (application: INestApplicationContext, write: Write): Promise<Row> => {
  const chains = application.get(VerifyChains);
  const before = (await chains.organization(ORGANIZATION)).entries;
  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, write));
  const ours = milliseconds(performance.now() - begun);
  const { isIntact, entries } = await chains.organization(ORGANIZATION);
  const goal = { text: 'an unbroken chain', isMet: isIntact && entries === before + AT_ONCE };
  return { name: `${AT_ONCE} audited writes at once`, ours, goal };
};

/** Per write, as the median of many turns. */
export const measureAudit = async (env: Readonly<Record<string, string>>): Promise<Section> => {
  await asOwner(env['DATABASE_URL'] ?? '', TABLES);
  const module = { module: Bench, imports: platform({ LOG_LEVEL: 'silent', ...env }) };
  const application = await NestFactory.createApplicationContext(module, { logger: false });
  try {
    const uow = application.get(UnitOfWork);
    const trail = application.get(AuditTrail);
    const { plain, audited, chained } = new Writes(uow, trail);
    const rows = new BenchRows(uow, trail);
    const repository = application.get<Repository<BenchRow>>(getRepositoryToken(BenchRow), { strict: false });
    const generic: Write = async () => {
      await rows.create(CALLER, { name: 'Mesure' });
    };
    const saved: Write = async () => {
      await uow.run(async () => {
        const draft = { id: randomUUID(), organizationId: ORGANIZATION, name: 'Mesure' };
        await uow.repository(BenchRow).save(repository.create(draft));
        await trail.record({ action: 'bench-row.created', resource: 'bench-row', after: draft, outcome: 'succeeded' });
      });
    };
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
        await row('a resource made by the generic CRUD / the audited write', RUNS, generic, audited),
        await row('the same if it looked for the row first', RUNS, saved, audited),
        await atOnce(application, audited),
        await verified(application),
      ],
      notes: ['The sealer runs beside every row.'],
    };
  } finally {
    await application.close();
  }
};
