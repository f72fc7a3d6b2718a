import { ApiProperty } from '@nestjs/swagger';

import { renderErrorText, type Locale } from '#libs/kernel';

import { RetrievalTraceView } from '../trace/retrieval-trace.view';
import { EXPLAINED_STAGES, type ExplainedStage, type Finding, type WouldBePosition } from './finding';
import { FINDING_TEXTS, NOT_FOUND } from './finding-texts';

class PositionView implements WouldBePosition {
  @ApiProperty({ type: 'integer', nullable: true, example: 14, description: 'Among all candidates after fusion.' })
  readonly fused!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 9, description: 'By words; null when not found so.' })
  readonly lexical!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 41, description: 'By meaning; null when not found so.' })
  readonly dense!: number | null;
}

/** What became of an expected document, and what would change it. */
export class ExplanationView {
  @ApiProperty({ example: false, description: 'Whether an answer has a passage of it to rest on.' })
  readonly found!: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'Its place among the passages handed on.',
  })
  readonly place!: number | null;

  @ApiProperty({
    enum: EXPLAINED_STAGES,
    example: 'limit',
    description:
      'The first stage that lost it; `none` when it is found. `no_right` and `undisclosed` are told to administrators who ask for somebody else.',
  })
  readonly stage!: ExplainedStage;

  @ApiProperty({
    example: 'D’autres passages répondent mieux : le sien est à la place 14, et 8 étaient demandés.',
    description: 'In the caller’s language.',
  })
  readonly explanation!: string;

  @ApiProperty({
    example: 'Précisez la question ou restreignez les collections (collectionIds).',
    description: 'The setting or act that would change it.',
  })
  readonly advice!: string;

  @ApiProperty({ type: PositionView, description: 'Where its best passage stood, or would have stood; from 1.' })
  readonly position!: WouldBePosition;

  @ApiProperty({ type: RetrievalTraceView })
  readonly trace!: RetrievalTraceView;
}

/** A finding in words. */
export const toExplanationView = (
  { stage, place, position, details, trace }: Finding,
  locale: Locale,
): ExplanationView => {
  const { explanation, advice } = FINDING_TEXTS[locale][stage];
  const figures = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const placeOf = (rank: number | null): string => (rank === null ? NOT_FOUND[locale] : String(rank));
  const told = Object.entries(details).map(([name, value]): [string, unknown] => [
    name,
    typeof value === 'number' ? figures.format(value) : value,
  ]);
  const places = {
    place: placeOf(place),
    fused: placeOf(position.fused),
    lexical: placeOf(position.lexical),
    dense: placeOf(position.dense),
  };
  const known = Object.fromEntries([...told, ...Object.entries(places)]);
  const inWords = { explanation: renderErrorText(explanation, known), advice: renderErrorText(advice, known) };
  return { found: stage === 'none', place, stage, ...inWords, position, trace };
};
