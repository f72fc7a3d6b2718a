import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

import { BulkIds } from '#libs/crud';

import { AddTextDto, TITLE_LENGTH } from '../upload/add-text.dto';

export class AdminCreateDocumentDto extends AddTextDto {
  @ApiProperty({ format: 'uuid', example: '6f0d3f4f-5a11-4d1e-9a44-0190e5a87c1b' })
  @IsUUID()
  readonly collectionId!: string;
}

export class AdminUpdateDocumentDto {
  @ApiProperty({ maxLength: TITLE_LENGTH, example: 'Guide de l’intégrateur' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(TITLE_LENGTH)
  @Matches(/\S/)
  readonly title!: string;
}

const BULK_ACTIONS = ['delete', 'reindex'] as const;
export type DocumentAction = (typeof BULK_ACTIONS)[number];

export class BulkDocumentsDto {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  readonly action!: DocumentAction;

  @BulkIds()
  readonly ids!: string[];
}
