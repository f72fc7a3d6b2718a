import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  MaxLength,
} from 'class-validator';

import { AdministeredDto, BulkIds } from '#libs/crud';
import { IsOmittable } from '#libs/http';
import { DOMAIN_EVENT_TYPES, type DomainEventType } from '#libs/kernel';

const URL_LENGTH = 2_000;
const DESCRIPTION_LENGTH = 500;
const EVENTS = {
  enum: DOMAIN_EVENT_TYPES,
  isArray: true,
  minItems: 1,
  maxItems: DOMAIN_EVENT_TYPES.length,
  uniqueItems: true,
  example: ['document.ready', 'document.failed'],
};

const URL_NOTE = 'https on a public address; what else is allowed is said by WEBHOOK_ALLOWED_RANGES.';

export class CreateWebhookDto extends AdministeredDto {
  @ApiProperty({ maxLength: URL_LENGTH, example: 'https://outils.exemple.fr/my-ia', description: URL_NOTE })
  @IsString()
  @MaxLength(URL_LENGTH)
  readonly url!: string;

  @ApiProperty(EVENTS)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(DOMAIN_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(DOMAIN_EVENT_TYPES, { each: true })
  readonly events!: DomainEventType[];

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Suivi des documents' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;

  @ApiPropertyOptional({ default: true, example: true })
  @IsOmittable()
  @IsBoolean()
  readonly active?: boolean;
}

export class UpdateWebhookDto {
  @ApiPropertyOptional({ maxLength: URL_LENGTH, example: 'https://outils.exemple.fr/my-ia', description: URL_NOTE })
  @IsOmittable()
  @IsString()
  @MaxLength(URL_LENGTH)
  readonly url?: string;

  @ApiPropertyOptional(EVENTS)
  @IsOmittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(DOMAIN_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(DOMAIN_EVENT_TYPES, { each: true })
  readonly events?: DomainEventType[];

  @ApiPropertyOptional({ maxLength: DESCRIPTION_LENGTH, example: 'Suivi des documents' })
  @IsOmittable()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  readonly description?: string;

  @ApiPropertyOptional({ example: false, description: 'Switching it on again forgets that it failed.' })
  @IsOmittable()
  @IsBoolean()
  readonly active?: boolean;
}

const BULK_ACTIONS = ['delete', 'activate', 'deactivate'] as const;
export type WebhookAction = (typeof BULK_ACTIONS)[number];

export class BulkWebhooksDto {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'deactivate' })
  @IsIn(BULK_ACTIONS)
  readonly action!: WebhookAction;

  @BulkIds()
  readonly ids!: string[];
}
