import { ValidationPipe, type Type, type ValidationPipeOptions } from '@nestjs/common';

import { InvalidRequestError } from '../problems/invalid-request.error';
import { fieldErrors } from './field-errors';

const OPTIONS: ValidationPipeOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  validationError: { target: true, value: false },
  exceptionFactory: (errors) => new InvalidRequestError(fieldErrors(errors)),
};

/** The pipe of every application: what a DTO does not declare is refused, never silently dropped. */
export const createValidationPipe = (): ValidationPipe => new ValidationPipe(OPTIONS);

/** For contracts of others, whose clients send more than we know: what the DTO does not declare is dropped. */
export const createTolerantPipe = (expectedType: Type): ValidationPipe =>
  new ValidationPipe({ ...OPTIONS, forbidNonWhitelisted: false, expectedType });
