import { ApiProperty } from '@nestjs/swagger';

export class TokenPairView {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer ...`.', example: 'eyJhbGciOiJIUzI1NiIs...' })
  readonly accessToken!: string;

  @ApiProperty({ description: 'Good for one call of /auth/refresh.', example: 'mGd0yC1sQv6rWZ3n...' })
  readonly refreshToken!: string;

  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  readonly tokenType!: 'Bearer';

  @ApiProperty({ description: 'Seconds the access token lives.', example: 900 })
  readonly expiresIn!: number;
}
