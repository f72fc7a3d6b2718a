import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

export const ORIGINS = ['entered', 'imported', 'feedback'] as const;
export type Origin = (typeof ORIGINS)[number];

/** A question and what a good answer rests on. */
@Entity('golden_question')
export class GoldenQuestionEntity extends BaseEntity {
  @Column('uuid')
  goldenSetId!: string;

  @Column('text')
  question!: string;

  /** As detected: `fr`, `en` ... */
  @Column('text')
  language!: string;

  /** Any of these is right to find; empty where the documents do not say. */
  @Column('uuid', { array: true })
  expectedDocumentIds!: string[];

  /** Words the right passage holds; null where the document is all that is known. */
  @Column('text', { nullable: true })
  expectedPassage!: string | null;

  /** Any of these in an answer makes it right. */
  @Column('text', { array: true })
  expectedAnswers!: string[];

  /** False: an answer would be wrong. */
  @Column('boolean')
  answerable!: boolean;

  @Column('text')
  origin!: Origin;

  /** Whose question it was, when it comes from feedback; it goes with him. */
  @Column('uuid', { nullable: true })
  askedBy!: string | null;
}
