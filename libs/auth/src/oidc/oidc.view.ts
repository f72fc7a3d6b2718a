import { ApiProperty } from '@nestjs/swagger';

export class OidcView {
  @ApiProperty({ example: true, description: 'Whether to offer the sign-in.' })
  readonly isAvailable!: boolean;
}
