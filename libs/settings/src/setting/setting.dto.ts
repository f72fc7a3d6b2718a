import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';

import { VALUE_SCHEMA } from './setting-value.schema';
import type { SettingValue } from './setting-value';

const KEY_LENGTH = 100;

export class UpdateSettingDto {
  /** Judged by the configuration it stands for. */
  @ApiProperty({ ...VALUE_SCHEMA, example: 'invite' })
  @IsDefined()
  readonly value!: SettingValue;
}

export class CreateSettingDto extends UpdateSettingDto {
  @ApiProperty({ maxLength: KEY_LENGTH, example: 'registration.mode' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(KEY_LENGTH)
  readonly key!: string;
}

export class RevertSettingDto {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11', description: 'Id of a version' })
  @IsUUID()
  readonly versionId!: string;
}
