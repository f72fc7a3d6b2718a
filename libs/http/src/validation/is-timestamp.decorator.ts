import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate, isISO8601 } from 'class-validator';

/** What is none stays what it is, for the rule to refuse; a number would otherwise be milliseconds. */
const asDate = (value: unknown): unknown =>
  typeof value === 'string' && isISO8601(value, { strict: true }) ? new Date(value) : value;

/** A moment, written as ISO 8601 and received as a Date. */
export const IsTimestamp = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => asDate(value)),
    IsDate(),
  );
