import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';

/** Ten years. */
const MAX_RETENTION_DAYS = 3_650;

/** What an organization says of its conversations. */
export class ChatPolicyView {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: MAX_RETENTION_DAYS,
    example: 365,
    description: 'Days after its last message or change that a conversation is erased; null for never.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_RETENTION_DAYS)
  readonly retentionDays!: number | null;

  @ApiProperty({
    example: false,
    description:
      'Whether links may show conversations to people who are not signed in. Closing it closes those that exist.',
  })
  @IsBoolean()
  readonly publicLinks!: boolean;
}
