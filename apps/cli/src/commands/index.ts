import type { Command } from '../command';
import { audit } from './audit';
import { consistency } from './consistency';
import { createSuperuser } from './create-superuser';
import { ingest } from './ingest';
import { ipRules } from './ip-rules';
import { migrate, migrateRevert } from './migrate';
import { migrateGenerate } from './migrate-generate';
import { openApi } from './openapi';
import { reindex } from './reindex';
import { resetPassword } from './reset-password';
import { secrets } from './secrets';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  migrate,
  migrateRevert,
  migrateGenerate,
  createSuperuser,
  resetPassword,
  ingest,
  reindex,
  consistency,
  audit,
  secrets,
  ipRules,
  openApi,
];
