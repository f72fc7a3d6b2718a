import { FirstSchema1790000000000 } from './1790000000000-first-schema';
import { IngestionAttempts1790000100000 } from './1790000100000-ingestion-attempts';
import { Identity1791000200000 } from './1791000200000-identity';

/** Every migration, oldest first. Listed by hand: a forgotten file is seen in review, a glob is not. */
export const MIGRATIONS = [FirstSchema1790000000000, IngestionAttempts1790000100000, Identity1791000200000] as const;
