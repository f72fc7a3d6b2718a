import { Column, Entity } from 'typeorm';

import { BaseEntity, textAsNumber } from '#libs/database';

/** What a model costs from a moment on. Prices are the platform's, and everybody may read them. */
@Entity('model_price')
export class ModelPriceEntity extends BaseEntity {
  /** As answers name it: `ollama`, `openai`. */
  @Column('text')
  provider!: string;

  @Column('text')
  model!: string;

  /** Of a million tokens that are sent, in the currency of the installation; as the other two. */
  @Column('numeric', { precision: 14, scale: 6, transformer: textAsNumber })
  promptPerMillion!: number;

  /** Of a million tokens that come back. */
  @Column('numeric', { precision: 14, scale: 6, transformer: textAsNumber })
  completionPerMillion!: number;

  /** Of a minute of speech. */
  @Column('numeric', { precision: 14, scale: 6, transformer: textAsNumber })
  perMinute!: number;

  @Column('timestamptz')
  validFrom!: Date;
}
