import { ApiProperty } from '@nestjs/swagger';

import type { Encoding } from './embedding.dto';

class EmbeddingItemView {
  @ApiProperty({ enum: ['embedding'] })
  readonly object!: 'embedding';

  @ApiProperty({ type: 'integer', example: 0 })
  readonly index!: number;

  @ApiProperty({
    oneOf: [{ type: 'array', items: { type: 'number' } }, { type: 'string' }],
    example: [0.0213, -0.0871],
  })
  readonly embedding!: readonly number[] | string;
}

class EmbeddingUsageView {
  @ApiProperty({ type: 'integer', example: 8, description: 'Estimated.' })
  readonly prompt_tokens!: number;

  @ApiProperty({ type: 'integer', example: 8 })
  readonly total_tokens!: number;
}

export class EmbeddingListView {
  @ApiProperty({ enum: ['list'] })
  readonly object!: 'list';

  @ApiProperty({ type: [EmbeddingItemView] })
  readonly data!: readonly EmbeddingItemView[];

  @ApiProperty({ example: 'builtin:hashed-ngrams-v1' })
  readonly model!: string;

  @ApiProperty({ type: EmbeddingUsageView })
  readonly usage!: EmbeddingUsageView;
}

/** Bytes of a 32-bit float. */
const FLOAT_BYTES = 4;

/** Little-endian whatever machine this is: clients read the bytes as they come. */
const toBase64 = (vector: Float32Array): string => {
  const bytes = Buffer.alloc(vector.length * FLOAT_BYTES);
  for (const [place, value] of vector.entries()) bytes.writeFloatLE(value, place * FLOAT_BYTES);
  return bytes.toString('base64');
};

/** @param tokens of all texts together */
export const toEmbeddingList = (
  vectors: readonly Float32Array[],
  { model, tokens, encoding }: { readonly model: string; readonly tokens: number; readonly encoding: Encoding },
): EmbeddingListView => ({
  object: 'list',
  data: vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: encoding === 'base64' ? toBase64(vector) : Array.from(vector),
  })),
  model,
  usage: { prompt_tokens: tokens, total_tokens: tokens },
});
