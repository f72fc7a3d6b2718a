import { Catch, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { HttpConfig } from '#libs/config';
import type { DomainError } from '#libs/kernel';

import { storeOf } from '../context/request-store';
import { sendProblem } from './send-problem';
import { statusOf } from './status-of';
import { translateError } from './translate-error';

/** The one place where a failure becomes an answer. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly config: HttpConfig) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const known = translateError(error);
    this.log(known, storeOf(request)?.requestId);
    sendProblem(known, request, http.getResponse<FastifyReply>(), this.config.defaultLocale);
  }

  /** What we foresaw is the caller's business; what we did not is ours. Never the request's body. */
  private log(error: DomainError, requestId: string | undefined): void {
    if (statusOf(error.kind) !== 500) return;
    const cause = error.cause ?? error;
    this.logger.error({ msg: 'Unexpected error', requestId, code: error.code, err: withoutParameters(cause) });
  }
}

/** TypeORM hangs the statement and its parameters, which are personal data, on its errors; the stack is enough. */
const withoutParameters = (cause: unknown): { type: string; message: string; stack?: string | undefined } =>
  cause instanceof Error
    ? { type: cause.name, message: cause.message, stack: cause.stack }
    : { type: typeof cause, message: 'A value that is not an Error was thrown' };
