import { ApiProperty } from '@nestjs/swagger';

export class GroupMemberView {
  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly userId!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;

  @ApiProperty({ example: 'Claire Martin' })
  readonly displayName!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T09:30:00.000Z' })
  readonly memberSince!: string;
}
