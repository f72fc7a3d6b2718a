import { createHash } from 'node:crypto';

import type { Flag } from '#libs/http';

const HUNDRED = 100;

/**
 * Where somebody stands in the roll-out of a flag, from 0 to 99: who stands below the percentage has it. A hash of both, so
 * that it is not always the same people who go first, and so that whoever has it keeps it when the percentage grows.
 */
export const standingOf = (flag: Flag, userId: string): number =>
  createHash('sha256').update(`${flag}:${userId}`).digest().readUInt32BE() % HUNDRED;
