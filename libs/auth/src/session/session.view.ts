import { ApiProperty } from '@nestjs/swagger';

export class SessionView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' })
  readonly userAgent!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Network of the sign-in.', example: '203.0.113.0/24' })
  readonly address!: string | null;

  @ApiProperty({ description: 'Whether it is the session that asks.' })
  readonly current!: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Sign-in or last renewal.' })
  readonly lastUsedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends unless it is renewed.' })
  readonly expiresAt!: string;
}
