import { ValidateBy } from 'class-validator';

import { normalizeIpRange } from '#libs/kernel';

/** Each entry is an IPv4 or IPv6 range with its length. */
export const IsCidrRange = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCidrRange',
      validator: {
        validate: (value) => typeof value === 'string' && value.includes('/') && normalizeIpRange(value) !== undefined,
        defaultMessage: () => 'must be ranges such as 10.0.0.0/8 or fd00::/8',
      },
    },
    { each: true },
  );
