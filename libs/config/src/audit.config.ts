import { IsArray, IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';

import { Env } from './env.decorator';
import { IsNotAnExampleSecret } from './is-not-an-example-secret';

export class AuditConfig {
  /** Apart from JWT_SECRET so that a new signing key for tokens leaves the proofs of the past valid. */
  @Env('AUDIT_KEY', 'Key that signs checkpoints of the audit log, 32 characters or more; JWT_SECRET when absent')
  @IsOptional()
  @IsString()
  @MinLength(32)
  @IsNotAnExampleSecret()
  readonly auditKey?: string;

  @Env('AUDIT_PREVIOUS_KEYS', 'Former values of AUDIT_KEY whose proofs are still believed, separated by commas', 'list')
  @IsArray()
  @MinLength(32, { each: true })
  readonly previousAuditKeys: readonly string[] = [];

  @Env(
    'AUDIT_RETENTION_DAYS',
    'Days after which entries of the audit log move into signed files in DATA_DIR; never when absent',
    'integer',
  )
  @IsOptional()
  @IsInt()
  @Min(30)
  @Max(36_500)
  readonly auditRetentionDays?: number;
}
