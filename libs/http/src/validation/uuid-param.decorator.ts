import { Param, type PipeTransform } from '@nestjs/common';
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

/** A path parameter that must be a UUID. */
export const UuidParam = (name = 'id'): ParameterDecorator => Param(name, uuidPipe(name));
