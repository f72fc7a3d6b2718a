import type { ValueTransformer } from 'typeorm';

/** PostgreSQL sends bigint and numeric as text; ours are counters, file sizes and amounts of money, far below 2^53. */
export const textAsNumber: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: unknown) => value,
};
