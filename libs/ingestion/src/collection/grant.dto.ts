import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsUUID } from 'class-validator';

import { InvalidRequestError, IsOmittable, type FieldError } from '#libs/http';

import { GRANT_ROLES, type GrantRole } from './access-rule';

/** Whom a grant is for: exactly one of the two. */
export class GranteeDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'A user of the organization; or `groupId`.' })
  @IsOmittable()
  @IsUUID()
  readonly userId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A group of the organization; or `userId`.' })
  @IsOmittable()
  @IsUUID()
  readonly groupId?: string;
}

export class PutGrantDto extends GranteeDto {
  @ApiProperty({ enum: GRANT_ROLES, example: 'reader' })
  @IsIn(GRANT_ROLES)
  readonly role!: GrantRole;

  @ApiPropertyOptional({
    default: true,
    description: 'False, for readers only: documents are found and cited, but neither text nor file is handed out.',
  })
  @IsOmittable()
  @IsBoolean()
  readonly mayDownload?: boolean;
}

/** A user or a group. */
export type Grantee = { readonly userId: string } | { readonly groupId: string };

const ONE_GRANTEE: FieldError = {
  field: 'userId',
  code: 'exactlyOne',
  message: { fr: 'Indiquez soit userId, soit groupId.', en: 'Name either userId or groupId.' },
};
const READERS_ONLY: FieldError = {
  field: 'mayDownload',
  code: 'readersOnly',
  message: {
    fr: 'Seul un lecteur peut être privé de téléchargement.',
    en: 'Only a reader can be kept from downloading.',
  },
};

/** @throws InvalidRequestError when both are named, or none */
export const granteeOf = ({ userId, groupId }: GranteeDto): Grantee => {
  if (userId !== undefined && groupId === undefined) return { userId: userId.toLowerCase() };
  if (groupId !== undefined && userId === undefined) return { groupId: groupId.toLowerCase() };
  throw new InvalidRequestError([ONE_GRANTEE]);
};

/** @throws InvalidRequestError for an owner or editor who may not download: they decide what the collection holds */
export const mayDownloadOf = ({ role, mayDownload = true }: PutGrantDto): boolean => {
  if (!mayDownload && role !== 'reader') throw new InvalidRequestError([READERS_ONLY]);
  return mayDownload;
};
