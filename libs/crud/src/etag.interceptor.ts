import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

import { etagOf } from './etag';

/** Puts the `version` of an answered view into its ETag. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((view: unknown) => {
        const version = versionOf(view);
        if (version !== undefined) void reply.header('ETag', etagOf(version));
      }),
    );
  }
}

const versionOf = (view: unknown): number | undefined =>
  typeof view === 'object' && view !== null && 'version' in view && typeof view.version === 'number'
    ? view.version
    : undefined;
