import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';

import { UnitOfWork } from '#libs/database';
import { DomainError, type ErrorKind } from '#libs/kernel';

import { RefusalTrail } from '../refusal/refusal-trail';
import { AuditTrail } from '../trail/audit-trail';
import { Audited, type AuditedRoute } from './audited.decorator';

const REFUSED: ReadonlySet<ErrorKind> = new Set(['unauthenticated', 'forbidden', 'missing', 'limited']);
/** Nothing was attempted: the request was not understood or came too late. */
const IGNORED: ReadonlySet<ErrorKind> = new Set([
  'malformed',
  'invalid',
  'stale',
  'conflict',
  'too_large',
  'unsupported',
]);

type Params = Readonly<Record<string, string | undefined>>;

/** Records routes that carry {@link Audited}. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly uow: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly refusals: RefusalTrail,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = this.reflector.get<AuditedRoute | undefined>(Audited, context.getHandler());
    if (!route) return next.handle();
    const { id } = context.switchToHttp().getRequest<FastifyRequest>().params as Params;
    return from(this.observe(route, id, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }

  private async observe(route: AuditedRoute, id: string | undefined, handle: () => Promise<unknown>): Promise<unknown> {
    try {
      return await (route.apart ? this.handleApart(route, id, handle) : this.handleTogether(route, id, handle));
    } catch (error) {
      await this.recordFailure(route, id, error);
      throw error;
    }
  }

  private handleTogether(
    route: AuditedRoute,
    id: string | undefined,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    return this.uow.run(async () => {
      const answer = await handle();
      await this.recordSuccess(route, id ?? idOf(answer));
      return answer;
    });
  }

  /** The answer waits for its entry: nobody reads what was not recorded. */
  private async handleApart(route: AuditedRoute, id: string | undefined, handle: () => Promise<unknown>) {
    const answer = await handle();
    await this.uow.run(() => this.recordSuccess(route, id ?? idOf(answer)));
    return answer;
  }

  private recordSuccess({ action, resource }: AuditedRoute, resourceId: string | undefined): Promise<void> {
    return this.trail.record({ action, resource, resourceId, outcome: 'succeeded' });
  }

  private async recordFailure({ action, resource }: AuditedRoute, resourceId: string | undefined, error: unknown) {
    const { kind, code } = error instanceof DomainError ? error : { kind: 'internal' as const, code: 'internal' };
    if (IGNORED.has(kind)) return;
    const outcome = REFUSED.has(kind) ? 'refused' : 'failed';
    await this.refusals.record({ action, resource, resourceId, details: { code } }, outcome);
  }
}

const idOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string'
    ? answer.id
    : undefined;
