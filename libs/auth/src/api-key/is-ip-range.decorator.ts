import { ValidateBy } from 'class-validator';

import { normalizeIpRange } from './ip-ranges';

/** Each entry is an IPv4 or IPv6 address or CIDR range. */
export const IsIpRange = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isIpRange',
      validator: {
        validate: (value) => typeof value === 'string' && normalizeIpRange(value) !== undefined,
        defaultMessage: () => 'must be an IPv4 or IPv6 address or range, such as 192.0.2.0/24',
      },
    },
    { each: true },
  );
