import { ValidateBy, type ValidationOptions } from 'class-validator';

import { normalizeIpRange } from '#libs/kernel';

/** An IPv4 or IPv6 address or CIDR range. */
export const IsIpRange = (options: ValidationOptions = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isIpRange',
      validator: { validate: (value) => typeof value === 'string' && normalizeIpRange(value) !== undefined },
    },
    options,
  );
