import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';

import { HttpConfig } from '#libs/config';
import type { Scope } from '#libs/database';
import type { Locale } from '#libs/kernel';

import { AuthenticationRequiredError } from '../access/access.errors';
import type { Principal } from '../access/principal';
import type { RequestStore } from './request-store';

/** What a job that no request started reports as its request. */
const BACKGROUND = 'background';

/** The request in progress, from anywhere below it. Outside of one: id `background`, the default locale, nobody. */
@Injectable()
export class RequestContext {
  constructor(
    private readonly cls: ClsService<RequestStore>,
    private readonly config: HttpConfig,
  ) {}

  /** Whether a request, or background work given to {@link run}, is in progress. */
  get isActive(): boolean {
    return this.cls.isActive();
  }

  get requestId(): string {
    return this.store?.requestId ?? BACKGROUND;
  }

  get locale(): Locale {
    return this.store?.locale ?? this.config.defaultLocale;
  }

  get traceparent(): string | undefined {
    return this.store?.traceparent;
  }

  get principal(): Principal | undefined {
    return this.store?.principal;
  }

  /** IP address of the client. */
  get address(): string | undefined {
    return this.store?.address;
  }

  get userAgent(): string | undefined {
    return this.store?.userAgent;
  }

  /** Whose rows the work in progress may see: no request, no caller to keep apart; a request before its caller is known, none. */
  get reach(): Scope {
    const { store } = this;
    if (!store) return 'platform';
    const { principal, crossesOrganizations = !principal } = store;
    if (crossesOrganizations) return 'platform';
    return principal ? { organizationId: principal.organizationId } : 'none';
  }

  /** @throws {@link AuthenticationRequiredError} when nobody is signed in */
  requirePrincipal(): Principal {
    const { principal } = this;
    if (!principal) throw new AuthenticationRequiredError();
    return principal;
  }

  /** Says that the audit log knows of the refusal this request will be answered with. */
  markRefusalRecorded(): void {
    if (this.store) this.store.isRefusalRecorded = true;
  }

  /** Runs background work as if a request had asked for it: same id in the logs, same language. */
  run<T>(store: RequestStore, work: () => T): T {
    return this.cls.runWith(store, work);
  }

  private get store(): RequestStore | undefined {
    return this.isActive ? this.cls.get() : undefined;
  }
}
