import { ApiProperty } from '@nestjs/swagger';

/** Why a document is where it is. */
const DIAGNOSES = [
  'ready',
  'failed',
  'paused',
  'waiting_for_turn',
  'waiting_for_worker',
  'waiting_for_retry',
  'being_ingested',
  'interrupted',
] as const;
export type Diagnosis = (typeof DIAGNOSES)[number];

/** In words what a document waits for, and what one can do. */
export class DiagnosisView {
  @ApiProperty({ enum: DIAGNOSES, example: 'waiting_for_retry' })
  readonly diagnosis!: Diagnosis;

  @ApiProperty({
    example: 'Le modèle « bge-m3 » (ollama) ne répond pas (unreachable). Un nouvel essai est prévu à 10:42:07 (UTC).',
    description: 'In the caller’s language.',
  })
  readonly explanation!: string;

  @ApiProperty({ example: 'Rien à faire. Si cela dure, vérifiez le service nommé.', description: 'What one can do.' })
  readonly advice!: string;

  @ApiProperty({ type: 'integer', example: 3, description: 'Begun since it was last queued.' })
  readonly attempts!: number;

  @ApiProperty({
    type: 'integer',
    example: 12,
    description: 'Documents of the organization that came before and are not done.',
  })
  readonly ahead!: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-01-15T10:42:07.000Z' })
  readonly nextAttemptAt!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-01-15T10:42:05.000Z',
    description: 'Of the attempt at work.',
  })
  readonly lastSignOfLifeAt!: string | null;
}
