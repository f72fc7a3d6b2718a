import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, IsUUID, Length, Max, Min } from 'class-validator';

import { IsOmittable } from '#libs/http';

import { AUDIENCES, type Audience } from './share.entity';
import { TOKEN_LENGTH } from './share-token';

const [DEFAULT_DAYS, MAX_DAYS] = [30, 365] as const;

export class CreateShareDto {
  @ApiPropertyOptional({
    enum: AUDIENCES,
    default: 'organization',
    example: 'organization',
    description: '`public` only where the organization allows it (`/admin/chat-policy`).',
  })
  @IsOmittable()
  @IsIn(AUDIENCES)
  readonly audience: Audience = 'organization';

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_DAYS, default: DEFAULT_DAYS, example: 7 })
  @IsOmittable()
  @IsInt()
  @Min(1)
  @Max(MAX_DAYS)
  readonly expiresInDays: number = DEFAULT_DAYS;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The answer that the shared branch ends with; the newest when left out.',
  })
  @IsOmittable()
  @IsUUID()
  readonly messageId?: string;
}

export class OpenShareDto {
  @ApiProperty({
    minLength: TOKEN_LENGTH,
    maxLength: TOKEN_LENGTH,
    example: 'ZkE3b0xQdW5hY2VzdHVudG9rZW5kZW1vbnN0cmF0aW8',
    description: 'Of the link. In the body, so that it stands in no log of addresses.',
  })
  @IsString()
  @Length(TOKEN_LENGTH, TOKEN_LENGTH)
  readonly token!: string;
}
