import { ValidationPipe } from '@nestjs/common';

import { InvalidRequestError } from '../problems/invalid-request.error';
import { fieldErrors } from './field-errors';

/** The pipe of every application: what a DTO does not declare is refused, never silently dropped. */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => new InvalidRequestError(fieldErrors(errors)),
  });
