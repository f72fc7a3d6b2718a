import type { Command } from '../command';
import { consistency } from './consistency';
import { createSuperuser } from './create-superuser';
import { ingest } from './ingest';
import { migrate, migrateRevert } from './migrate';
import { openApi } from './openapi';
import { reindex } from './reindex';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  migrate,
  migrateRevert,
  createSuperuser,
  ingest,
  reindex,
  consistency,
  openApi,
];
