import { ValidateIf } from 'class-validator';

/**
 * The field may be left out, and only that: class-validator's own `IsOptional` also lets `null` pass every rule that
 * follows, down to a column that cannot hold it.
 */
export const IsOmittable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
