import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** How an organization prepares its questions: what to rest on, in which manner to answer, and who may use it. */
@Entity('assistant')
export class AssistantEntity extends BaseEntity {
  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  /** Told to the model beside the product's own rules, which they cannot change. */
  @Column('text')
  instructions!: string;

  /** Shown before the first question. */
  @Column('text')
  welcome!: string;

  /** Questions to begin with. */
  @Column('text', { array: true })
  suggestions!: string[];

  /** The same for those who read English; none: `suggestions` for everybody. */
  @Column('text', { array: true })
  suggestionsEn!: string[];

  /** What answers rest on unless the conversation names something else; null for all the asker may read. Never more than that. */
  @Column('uuid', { array: true, nullable: true })
  collectionIds!: string[] | null;

  /** Whose members may use it; empty for everybody of the organization. */
  @Column('uuid', { array: true })
  groupIds!: string[];

  /** 0 repeats itself, 2 wanders. Null: as the model server has it. */
  @Column('real', { nullable: true })
  temperature!: number | null;

  /** Null: as long as the model likes. */
  @Column('integer', { nullable: true })
  maxAnswerTokens!: number | null;

  /** Whether what whoever asks said of himself is told to the model. */
  @Column('boolean')
  usesProfile!: boolean;

  /** Whether what the model wrote to the very same prompt is taken again. */
  @Column('boolean')
  reusesAnswers!: boolean;
  /** Which model answers, as `provider:model`. Null: as the organization has it. */
  @Column('text', { nullable: true })
  model!: string | null;

  @Column('boolean')
  enabled!: boolean;
}
