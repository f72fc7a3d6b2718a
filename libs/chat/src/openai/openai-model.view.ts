import { ApiProperty } from '@nestjs/swagger';

import type { OfferedModel } from './offered-model';

/** Milliseconds; the contract counts in seconds. */
const SECOND_MS = 1_000;

export const inSeconds = (time: Date): number => Math.floor(time.getTime() / SECOND_MS);

export class OpenAiModelView {
  @ApiProperty({ example: 'collection:6f1c7b51-8f0e-4d5a-9c53-1f4f0f6c2b10' })
  readonly id!: string;

  @ApiProperty({ enum: ['model'] })
  readonly object!: 'model';

  @ApiProperty({ type: 'integer', example: 1_767_225_600, description: 'Seconds since 1970.' })
  readonly created!: number;

  @ApiProperty({ example: 'my-ia' })
  readonly owned_by!: string;

  @ApiProperty({
    example: 'Ressources humaines',
    description: 'What people know it by; beyond the contract of OpenAI.',
  })
  readonly name!: string;
}

export class OpenAiModelListView {
  @ApiProperty({ enum: ['list'] })
  readonly object!: 'list';

  @ApiProperty({ type: [OpenAiModelView] })
  readonly data!: readonly OpenAiModelView[];
}

export const toOpenAiModel = ({ id, name, createdAt, ownedBy }: OfferedModel): OpenAiModelView => ({
  id,
  object: 'model',
  created: inSeconds(createdAt),
  owned_by: ownedBy,
  name,
});
