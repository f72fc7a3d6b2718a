import { ApiProperty } from '@nestjs/swagger';

export class TotpSetupView {
  @ApiProperty({ description: 'For typing into the app, base32.', example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' })
  readonly secret!: string;

  @ApiProperty({
    description: 'Show it as a QR code.',
    example: 'otpauth://totp/MY-IA:claire%40entreprise.fr?issuer=MY-IA&secret=...',
  })
  readonly otpauthUri!: string;
}

export class RecoveryCodesView {
  @ApiProperty({
    description: 'Each works once in place of a code; shown only now.',
    example: ['4f7k-9q2m-x1zc-8b3d'],
    type: [String],
  })
  readonly recoveryCodes!: readonly string[];
}
