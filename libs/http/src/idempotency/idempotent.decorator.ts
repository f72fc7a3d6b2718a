import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

import { ApiProblems } from '../problems/api-problems.decorator';
import {
  IdempotencyKeyReusedError,
  IdempotentRequestInProgressError,
  InvalidIdempotencyKeyError,
} from './idempotency.errors';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { IDEMPOTENCY_OPTIONS, type IdempotencyOptions } from './idempotency-options';

/**
 * Honours `Idempotency-Key` on a POST of a signed-in caller: the same key and body again gets the first answer again.
 * A handler that streams uses `@Res({ passthrough: true })` and returns its final view, which is what a replay answers.
 */
export const Idempotent = (options: IdempotencyOptions = {}): MethodDecorator =>
  applyDecorators(
    SetMetadata(IDEMPOTENCY_OPTIONS, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'A value of your own, unique per intention; sending it again within 24 h returns the first answer.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ApiProblems(InvalidIdempotencyKeyError, IdempotencyKeyReusedError, IdempotentRequestInProgressError),
  );
