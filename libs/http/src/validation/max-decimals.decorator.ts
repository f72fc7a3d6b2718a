import { ValidateBy } from 'class-validator';

const hasAtMost = (value: unknown, decimals: number): boolean =>
  typeof value === 'number' && Number.isFinite(value) && Number(value.toFixed(decimals)) === value;

/**
 * A number that is written with so many decimals at most. Instead of `IsNumber({ maxDecimalPlaces })` of class-validator,
 * which throws a TypeError on 1e-7 (0.14).
 *
 * @param decimals 0 to 100
 */
export const MaxDecimals = (decimals: number): PropertyDecorator =>
  ValidateBy({
    name: 'maxDecimals',
    constraints: [decimals],
    validator: { validate: (value) => hasAtMost(value, decimals) },
  });
