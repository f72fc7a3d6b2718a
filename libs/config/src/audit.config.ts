import { IsOptional, IsString, MinLength } from 'class-validator';

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
}
