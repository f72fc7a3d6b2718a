import { IsArray, IsOptional, IsString, MinLength } from 'class-validator';

import { Env } from './env.decorator';
import { IsNotAnExampleSecret } from './is-not-an-example-secret';

export class EncryptionConfig {
  @Env('ENCRYPTION_KEY', 'Key of the secrets in the database, 32 characters or more; JWT_SECRET serves when absent')
  @IsOptional()
  @IsString()
  @MinLength(32)
  @IsNotAnExampleSecret()
  readonly encryptionKey: string | undefined;

  @Env('ENCRYPTION_PREVIOUS_KEYS', 'Former values of ENCRYPTION_KEY, separated by commas', 'list')
  @IsArray()
  @MinLength(32, { each: true })
  readonly previousEncryptionKeys: readonly string[] = [];
}
