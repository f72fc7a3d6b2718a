import { ApiProperty } from '@nestjs/swagger';

/** A colleague, as everybody of the organization may know him. */
export class DirectoryUserView {
  @ApiProperty({ format: 'uuid', example: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ example: 'Claire Martin' })
  readonly displayName!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;
}

export class DirectoryGroupView {
  @ApiProperty({ format: 'uuid', example: '3e1f8f53-0a1c-4e1f-9d58-4f5a3f0a7c11' })
  readonly id!: string;

  @ApiProperty({ example: 'Ressources humaines' })
  readonly name!: string;

  @ApiProperty({ example: 'Service du personnel' })
  readonly description!: string;
}
