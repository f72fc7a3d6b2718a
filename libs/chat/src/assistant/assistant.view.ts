import { ApiProperty } from '@nestjs/swagger';

import type { AssistantEntity } from './assistant.entity';

/** What users see of it. */
export class AssistantView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'Questions RH' })
  readonly name!: string;

  @ApiProperty({ example: 'Congés, absences, notes de frais.' })
  readonly description!: string;

  @ApiProperty({ example: 'Bonjour, que voulez-vous savoir de vos congés ?' })
  readonly welcome!: string;

  @ApiProperty({ type: [String], example: ['Combien de jours de congés avons-nous ?'] })
  readonly suggestions!: string[];

  @ApiProperty({
    type: [String],
    example: ['How many days of leave do we have?'],
    description: 'The same for those who read English; none: `suggestions` for everybody.',
  })
  readonly suggestionsEn!: string[];

  @ApiProperty({ example: false, description: 'Whether it tells the model what you said of yourself (`/me/profile`).' })
  readonly usesProfile!: boolean;
}

export class AdminAssistantView extends AssistantView {
  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;

  @ApiProperty({ example: 'Vouvoie. Nomme le service compétent à la fin.' })
  readonly instructions!: string;

  @ApiProperty({ type: [String], format: 'uuid', nullable: true, example: null })
  readonly collectionIds!: string[] | null;

  @ApiProperty({ type: [String], format: 'uuid', example: [] })
  readonly groupIds!: string[];

  @ApiProperty({ type: Number, nullable: true, example: 0.2 })
  readonly temperature!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 512 })
  readonly maxAnswerTokens!: number | null;

  @ApiProperty({ example: false })
  readonly reusesAnswers!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'ollama:mistral',
    description: 'Null: as the organization has it.',
  })
  readonly model!: string | null;

  @ApiProperty({ example: true })
  readonly enabled!: boolean;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export const toAssistantView = (assistant: AssistantEntity): AssistantView => ({
  id: assistant.id,
  name: assistant.name,
  description: assistant.description,
  welcome: assistant.welcome,
  suggestions: assistant.suggestions,
  suggestionsEn: assistant.suggestionsEn,
  usesProfile: assistant.usesProfile,
});

export const toAdminAssistantView = (assistant: AssistantEntity): AdminAssistantView => ({
  id: assistant.id,
  name: assistant.name,
  description: assistant.description,
  welcome: assistant.welcome,
  suggestions: assistant.suggestions,
  suggestionsEn: assistant.suggestionsEn,
  usesProfile: assistant.usesProfile,
  organizationId: assistant.organizationId,
  instructions: assistant.instructions,
  collectionIds: assistant.collectionIds,
  groupIds: assistant.groupIds,
  temperature: assistant.temperature,
  maxAnswerTokens: assistant.maxAnswerTokens,
  reusesAnswers: assistant.reusesAnswers,
  model: assistant.model,
  enabled: assistant.enabled,
  version: assistant.version,
  createdAt: assistant.createdAt.toISOString(),
  updatedAt: assistant.updatedAt.toISOString(),
});
