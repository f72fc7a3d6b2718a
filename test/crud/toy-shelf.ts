import { randomUUID } from 'node:crypto';

import { Column, DataSource, Entity } from 'typeorm';

import { CrudService, type ResourceDefinition } from '#libs/crud';
import { BaseEntity, dataSourceOptions, UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { defineError, DomainError, RandomIds } from '#libs/kernel';

import { createTestDatabase, type TestDatabase } from '../support/embedded-servers';

@Entity('toy')
export class ToyEntity extends BaseEntity {
  @Column('text') name!: string;
  @Column('int') size!: number;
  @Column('numeric') price!: string;
  @Column('boolean', { default: false }) broken!: boolean;
  @Column('uuid', { nullable: true }) ownerId!: string | null;
  @Column('timestamptz', { nullable: true }) boughtAt!: Date | null;
  @Column('text', { default: 'hidden' }) secret!: string;
}

export interface ToyView {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly version: number;
}

const DEFINITION: ResourceDefinition<ToyEntity, ToyView> = {
  name: 'toy',
  entity: ToyEntity,
  creatable: ['name', 'size', 'price', 'broken', 'ownerId', 'boughtAt'],
  updatable: ['name', 'size'],
  filterable: ['id', 'name', 'size', 'price', 'broken', 'ownerId', 'boughtAt'],
  sortable: ['id', 'name', 'size', 'boughtAt', 'createdAt'],
  searchable: ['name', 'size'],
  selectable: ['id', 'name', 'size', 'version'],
  defaultSort: ['name', 'ASC'],
  present: ({ id, name, size, version }) => ({ id, name, size, version }),
};

export class ToyTooBigError extends DomainError {
  static override readonly definition = defineError({
    code: 'toy.too_big',
    kind: 'invalid',
    fr: { title: 'Trop grand', detail: 'Trop grand.' },
    en: { title: 'Too big', detail: 'Too big.' },
  });
}

export class ToyService extends CrudService<ToyEntity, ToyView> {
  readonly saved: [before: string | undefined, after: string][] = [];

  constructor(uow: UnitOfWork, definition = DEFINITION) {
    super(definition, uow, new RandomIds());
  }

  protected override async beforeSave(after: ToyEntity, before: Readonly<ToyEntity> | undefined): Promise<void> {
    this.saved.push([before?.name, after.name]);
    if (after.size > 1000) throw new ToyTooBigError();
    await super.beforeSave(after, before, principalOf(after.organizationId));
  }

  protected override beforeRemove(entity: ToyEntity): Promise<void> {
    return entity.name === 'keep' ? Promise.reject(new ToyTooBigError()) : Promise.resolve();
  }
}

export const principalOf = (organizationId: string): Principal => ({
  id: randomUUID(),
  organizationId,
  role: 'admin',
  sessionId: randomUUID(),
  locale: 'en',
});

/** A table of its own in a real database. */
export class ToyShelf {
  private constructor(
    readonly toys: ToyService,
    /** The same table, of which superusers see every organization's rows. */
    readonly administered: ToyService,
    readonly uow: UnitOfWork,
    private readonly dataSource: DataSource,
    private readonly database: TestDatabase,
  ) {}

  static async open(): Promise<ToyShelf> {
    const database = await createTestDatabase();
    const options = { ...dataSourceOptions(database.url, 4), entities: [ToyEntity] };
    const dataSource = await new DataSource(options).initialize();
    await dataSource.query(`CREATE TABLE toy (
      id uuid PRIMARY KEY, organization_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(), version integer NOT NULL DEFAULT 1, name text NOT NULL,
      size integer NOT NULL, price numeric NOT NULL DEFAULT 0, broken boolean NOT NULL DEFAULT false, owner_id uuid,
      bought_at timestamptz, secret text NOT NULL DEFAULT 'hidden', UNIQUE (organization_id, name))`);
    await dataSource.query('CREATE TABLE sticker (toy_id uuid REFERENCES toy (id))');
    const uow = new UnitOfWork(dataSource);
    const administered = new ToyService(uow, { ...DEFINITION, administered: true });
    return new ToyShelf(new ToyService(uow), administered, uow, dataSource, database);
  }

  /** Adds many at once, named by their number. */
  async fill(organizationId: string, count: number): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO toy (id, organization_id, name, size)
       SELECT gen_random_uuid(), $1, 'toy ' || n, n FROM generate_series(1, $2::integer) n`,
      [organizationId, count],
    );
  }

  async stick(toyId: string): Promise<void> {
    await this.dataSource.query('INSERT INTO sticker VALUES ($1)', [toyId]);
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }
}
