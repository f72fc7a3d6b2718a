import type { ValueTransformer } from 'typeorm';

/** PostgreSQL sends bigint as text; ours are counters and file sizes, far below 2^53. */
export const bigintAsNumber: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: unknown) => value,
};
