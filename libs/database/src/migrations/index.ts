import { FirstSchema1790000000000 } from './1790000000000-first-schema';

/** Every migration, oldest first. Listed by hand: a forgotten file is seen in review, a glob is not. */
export const MIGRATIONS = [FirstSchema1790000000000] as const;
