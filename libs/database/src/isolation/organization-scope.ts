import { AsyncLocalStorage } from 'node:async_hooks';

import { Injectable } from '@nestjs/common';

/**
 * Whose rows exist for the work in progress: those of one organization, of all of them (`platform`), or of none. PostgreSQL
 * enforces it, so a statement that forgets its filter finds nothing of anybody else.
 */
export type Scope = 'platform' | 'none' | { readonly organizationId: string };

const isSame = (a: Scope, b: Scope): boolean =>
  typeof a === 'object' && typeof b === 'object' ? a.organizationId === b.organizationId : a === b;

/** Knows the scope of the work in progress. Declared work comes first, then what the process derives, such as from a request. */
@Injectable()
export class OrganizationScope {
  private readonly declared = new AsyncLocalStorage<Scope>();
  private derived: () => Scope = () => 'platform';

  get current(): Scope {
    return this.declared.getStore() ?? this.derived();
  }

  isCurrent(scope: Scope): boolean {
    return isSame(scope, this.current);
  }

  /** @param derive the scope of work that declared none; without it, and where nobody calls, such work is the platform's */
  derive(derive: () => Scope): void {
    this.derived = derive;
  }

  run<T>(scope: Scope, work: () => T): T {
    return this.declared.run(scope, work);
  }
}
