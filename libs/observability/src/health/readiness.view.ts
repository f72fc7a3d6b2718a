import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class DependencyView {
  @ApiProperty({ enum: ['up', 'degraded', 'down'], example: 'up' })
  readonly state!: string;

  @ApiPropertyOptional({ example: 'mistral is not installed; answers are extractive' })
  readonly detail?: string;
}

export class ReadinessView {
  @ApiProperty({ enum: ['ready', 'degraded', 'unavailable'], example: 'ready' })
  readonly status!: 'ready' | 'degraded' | 'unavailable';

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/DependencyView' },
    example: { database: { state: 'up' }, llm: { state: 'degraded', detail: 'extractive answers' } },
  })
  readonly dependencies!: Readonly<Record<string, DependencyView>>;
}

export class LivenessView {
  @ApiProperty({ enum: ['alive'], example: 'alive' })
  readonly status!: 'alive';
}
