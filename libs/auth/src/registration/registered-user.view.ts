import { ApiProperty } from '@nestjs/swagger';

import { ROLES, type Role } from '#libs/http';

/** The same whether the address had an account before or not. */
export class RegisteredUserView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;

  @ApiProperty({ example: 'Claire Martin' })
  readonly displayName!: string;

  @ApiProperty({ enum: ROLES })
  readonly role!: Role;

  @ApiProperty({ description: 'False until the code of the mail is given to /auth/verify-email.' })
  readonly emailVerified!: boolean;
}
