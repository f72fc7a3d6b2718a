import { Catch, Inject, Injectable, Logger, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { HttpConfig } from '#libs/config';
import type { DomainError, ErrorKind } from '#libs/kernel';

import { RequestContext } from '../context/request-context';
import { storeOf } from '../context/request-store';
import { RefusalObserver, type RefusedRequest } from './refusal-observer';
import { sendProblem } from './send-problem';
import { statusOf } from './status-of';
import { translateError } from './translate-error';

const REFUSALS: ReadonlySet<ErrorKind> = new Set(['unauthenticated', 'forbidden', 'limited']);

type Params = Readonly<Record<string, string | undefined>> | undefined;

/** The one place where a failure becomes an answer. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(
    private readonly config: HttpConfig,
    private readonly context: RequestContext,
    @Optional() @Inject(RefusalObserver) private readonly observer: RefusalObserver | undefined,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const known = translateError(error);
    this.log(known, storeOf(request)?.requestId);
    const answer = (): void => {
      sendProblem(known, request, http.getResponse<FastifyReply>(), this.config.defaultLocale);
    };
    if (REFUSALS.has(known.kind)) this.tell(known, request).then(answer).catch(this.logError);
    else answer();
  }

  /**
   * Guards refuse before any interceptor runs, and services refuse behind them: both arrive here. The answer follows when
   * the refusal is on record; reading the body may have left the request's context, so it is entered again.
   */
  private async tell({ kind, code }: DomainError, request: FastifyRequest): Promise<void> {
    const store = storeOf(request);
    const { observer } = this;
    if (!observer || !store || store.isRefusalRecorded) return;
    const { method, routeOptions, params } = request as Partial<FastifyRequest>;
    const refused: RefusedRequest = {
      method: method ?? 'unknown',
      route: routeOptions?.url ?? 'unknown',
      code,
      status: statusOf(kind),
      resourceId: (params as Params)?.['id'],
    };
    await this.context.run(store, () => observer.refused(refused)).catch(this.logError);
  }

  private readonly logError = (error: unknown): void => {
    this.logger.error({ msg: 'A refusal was not handled', err: withoutParameters(error) });
  };

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
