import { AsyncLocalStorage } from 'node:async_hooks';

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';

/**
 * The one door to the database. A change, its audit entry and its jobs run inside one {@link run} and commit
 * together or not at all. Never call the network inside a transaction: it would hold locks for as long as a
 * stranger takes to answer.
 */
@Injectable()
export class UnitOfWork {
  private readonly current = new AsyncLocalStorage<EntityManager>();

  constructor(private readonly dataSource: DataSource) {}

  /** Joins the transaction in progress; nothing commits until the outermost call returns. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    return this.dataSource.transaction((manager) => this.current.run(manager, work));
  }

  /** A repository inside the transaction in progress, or outside any. */
  repository<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return (this.current.getStore() ?? this.dataSource.manager).getRepository(entity);
  }

  /**
   * Runs SQL by hand, for what a repository cannot say, in the transaction in progress or outside any.
   * @returns the rows, also those of `UPDATE ... RETURNING`; typed by the caller, at this boundary only.
   */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const lent = this.current.getStore()?.queryRunner;
    const runner = lent ?? this.dataSource.createQueryRunner();
    try {
      const result = await runner.query(sql, [...parameters], true);
      return result.records as Row[];
    } finally {
      if (!lent) await runner.release();
    }
  }

  /** Guards code that is only correct inside {@link run}. */
  requireTransaction(): void {
    if (!this.current.getStore()) throw new Error('Expected to be called inside UnitOfWork.run');
  }
}
