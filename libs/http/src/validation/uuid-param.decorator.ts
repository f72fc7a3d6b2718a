import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { isUUID } from 'class-validator';

import { InvalidRequestError } from '../problems/invalid-request.error';
import { constraintMessage } from './constraint-messages';

/** Refuses what is not a UUID before it reaches SQL, where it would be a syntax error. */
const uuidPipe = (field: string): PipeTransform<unknown, string> => ({
  transform: (value) => {
    if (typeof value === 'string' && isUUID(value)) return value.toLowerCase();
    throw new InvalidRequestError([{ field, code: 'isUuid', message: constraintMessage('isUuid') }]);
  },
});

/** A path parameter that must be a UUID, documented as one. */
export const UuidParam =
  (name = 'id'): ParameterDecorator =>
  (controller, method, index) => {
    Param(name, uuidPipe(name))(controller, method, index);
    if (method === undefined) return;
    const handler = Object.getOwnPropertyDescriptor(controller, method);
    if (handler) ApiParam({ name, schema: { type: 'string', format: 'uuid' } })(controller, method, handler);
  };
