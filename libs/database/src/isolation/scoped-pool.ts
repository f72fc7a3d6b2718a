import * as pg from 'pg';

import { enterScope } from './application-roles';
import type { OrganizationScope } from './organization-scope';

type Release = (error?: Error | boolean) => void;
type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: Release) => void;

const nothingToRelease: Release = () => undefined;

/** Remembers the scope of each connection, so that the round trip is only made when the next borrower is of another one. */
class ScopedConnections {
  private readonly entered = new WeakMap<pg.PoolClient, string>();

  lend(client: pg.PoolClient, statements: string, release: Release, connected: Connected): void {
    if (this.entered.get(client) === statements) {
      connected(undefined, client, release);
      return;
    }
    this.entered.delete(client);
    client.query(statements).then(
      () => {
        this.entered.set(client, statements);
        connected(undefined, client, release);
      },
      (refused: unknown) => {
        const reason = refused instanceof Error ? refused : new Error(String(refused));
        release(reason);
        connected(reason, undefined, nothingToRelease);
      },
    );
  }
}

/**
 * The `pg` that TypeORM is given: its pool lends each connection in the scope of who asked for it. For one organization that
 * costs a round trip per connection, once. What is set lives as long as the connection, so a pooler between here and
 * PostgreSQL must pool by session.
 */
export const scopedPg = (scopes: OrganizationScope): typeof pg => {
  const connections = new ScopedConnections();

  class ScopedPool extends pg.Pool {
    override connect(): Promise<pg.PoolClient>;
    override connect(connected: Connected): void;
    override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
      if (!connected) throw new Error('TypeORM borrows by callback; nobody else should');
      // Made here, where the borrower's async context still is.
      const statements = enterScope(scopes.current);
      super.connect((error, client, release: Release) => {
        if (client) connections.lend(client, statements, release, connected);
        else connected(error, undefined, release);
      });
      return undefined;
    }
  }
  return { ...pg, Pool: ScopedPool };
};
