import { AsyncLocalStorage } from 'node:async_hooks';

import { Injectable, Optional } from '@nestjs/common';
import type { ClientBase } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryRunner,
  type Repository,
} from 'typeorm';

import { enterScope } from './isolation/application-roles';
import { OrganizationScope, type Scope } from './isolation/organization-scope';

/** A statement that each connection parses and plans once. */
export interface PreparedStatement {
  /** What a connection knows it by: one text per name, at most 63 characters. */
  readonly name: string;
  readonly sql: string;
}

/**
 * The one door to the database. A change, its audit entry and its jobs run inside one {@link run} and commit
 * together or not at all. Never call the network inside a transaction: it would hold locks for as long as a
 * stranger takes to answer.
 */
@Injectable()
export class UnitOfWork {
  private readonly current = new AsyncLocalStorage<EntityManager>();

  constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly scopes: OrganizationScope = new OrganizationScope(),
  ) {}

  /** Joins the transaction in progress; nothing commits until the outermost call returns. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    return this.dataSource.transaction((manager) => this.current.run(manager, work));
  }

  /**
   * For work that concerns more than one organization: finding out who signs in, recovery, the platform's administration.
   * Inside a transaction it lasts as long as `work`; start nothing beside it then, for they share the connection.
   */
  asPlatform<T>(work: () => Promise<T>): Promise<T> {
    return this.within('platform', work);
  }

  /** For work that no request of the organization asked for, such as a job. As {@link asPlatform} inside a transaction. */
  asOrganization<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.within({ organizationId }, work);
  }

  /** The organization whose rows exist for the work in progress; undefined for the platform's work. */
  get organizationId(): string | undefined {
    const scope = this.scopes.current;
    return typeof scope === 'object' ? scope.organizationId : undefined;
  }

  /** A repository inside the transaction in progress, or outside any. */
  repository<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return (this.current.getStore() ?? this.dataSource.manager).getRepository(entity);
  }

  /**
   * Runs SQL by hand, for what a repository cannot say, in the transaction in progress or outside any.
   * @returns the rows, also those of `UPDATE ... RETURNING`; typed by the caller, at this boundary only.
   */
  query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.withRunner(async (runner) => {
      const result = await runner.query(sql, [...parameters], true);
      return result.records as Row[];
    });
  }

  /**
   * Like {@link query}, for a read that nearly every request makes: planning a small join takes PostgreSQL longer than
   * running it (measured: half of its time). Its fields must be named, for their types are fixed with the first use. A
   * pooler between here and PostgreSQL must know prepared statements (PgBouncer 1.21 and newer) or pool by session.
   */
  queryPrepared<Row>({ name, sql }: PreparedStatement, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.withRunner(async (runner) => {
      const connection = (await runner.connect()) as ClientBase;
      const { rows } = await connection.query({ name, text: sql, values: [...parameters] });
      return rows as Row[];
    });
  }

  /** Guards code that is only correct inside {@link run}. */
  requireTransaction(): void {
    if (!this.current.getStore()) throw new Error('Expected to be called inside UnitOfWork.run');
  }

  private async within<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    const transaction = this.current.getStore();
    if (!transaction || this.scopes.isCurrent(scope)) return this.scopes.run(scope, work);
    const before = this.scopes.current;
    await transaction.query(enterScope(scope, true));
    try {
      return await this.scopes.run(scope, work);
    } finally {
      // Refused when a statement has failed; then nothing but the end of the transaction is taken, which restores it.
      await transaction.query(enterScope(before, true)).catch(() => undefined);
    }
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const lent = this.current.getStore()?.queryRunner;
    const runner = lent ?? this.dataSource.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      if (!lent) await runner.release();
    }
  }
}
