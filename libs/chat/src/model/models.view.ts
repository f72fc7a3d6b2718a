import { ApiProperty } from '@nestjs/swagger';

export class ModelView {
  @ApiProperty({ example: 'ollama:mistral', description: '`provider:model`: what an assistant or organization names.' })
  readonly id!: string;

  @ApiProperty({ example: 'ollama' })
  readonly provider!: string;

  @ApiProperty({ example: 'mistral' })
  readonly model!: string;

  @ApiProperty({ example: true, description: 'Whether it answers where nobody chose.' })
  readonly isDefault!: boolean;

  @ApiProperty({ example: true, description: 'Whether its server answers now and has it.' })
  readonly isAvailable!: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 8192,
    description: 'Tokens it reads and writes in one answer; null for one that reads its sources one by one.',
  })
  readonly contextTokens!: number | null;
}

export class EmbeddingModelView {
  @ApiProperty({ example: 'ollama:nomic-embed-text-v2-moe', description: 'What new collections are embedded by.' })
  readonly id!: string;

  @ApiProperty({
    example: false,
    description:
      'Whether it is known to know English alone: documents in French are then found by their words at best.',
  })
  readonly isEnglishOnly!: boolean;
}

export class ModelsView {
  @ApiProperty({ type: [ModelView] })
  readonly items!: readonly ModelView[];

  @ApiProperty({ type: EmbeddingModelView })
  readonly embedding!: EmbeddingModelView;
}
