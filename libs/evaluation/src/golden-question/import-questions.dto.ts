import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, MaxLength } from 'class-validator';

import { IsOmittable } from '#libs/http';

const IMPORT_FORMATS = ['jsonl', 'beir'] as const;
type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Characters; both texts together fit into the body of a request. */
const [QUESTIONS, JUDGEMENTS] = [600_000, 300_000] as const;

export class ImportQuestionsDto {
  @ApiProperty({ enum: IMPORT_FORMATS, example: 'jsonl' })
  @IsIn(IMPORT_FORMATS)
  readonly format!: ImportFormat;

  @ApiProperty({
    minLength: 1,
    maxLength: QUESTIONS,
    example:
      '{"question":"Combien de jours de congés par an ?","expectedDocuments":["conges.md"],"expectedAnswers":["25 jours"]}',
    description: 'One JSON object per line.',
  })
  @IsString()
  @Length(1, QUESTIONS)
  readonly questions!: string;

  @ApiPropertyOptional({
    maxLength: JUDGEMENTS,
    example: 'query-id\tcorpus-id\tscore\nq1\tconges\t1',
    description: 'For `beir`: `qrels.tsv`.',
  })
  @IsOmittable()
  @IsString()
  @MaxLength(JUDGEMENTS)
  readonly judgements?: string;
}
