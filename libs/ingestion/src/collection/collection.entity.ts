import { Column, Entity } from 'typeorm';

import { BaseEntity, textAsNumber } from '#libs/database';

import { DEFAULT_STRATEGY, type ChunkingStrategy } from '../chunking/chunking-options';

/** Who may read a collection besides those it is granted to. */
export const VISIBILITIES = ['private', 'organization'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What the same bytes are that are uploaded again: the document that holds them, or another one. */
export const DUPLICATES = ['reuse', 'keep'] as const;
export type Duplicates = (typeof DUPLICATES)[number];

/** The unit of access: documents that are read by the same people and embedded by the same model. */
@Entity('collection')
export class CollectionEntity extends BaseEntity {
  /** Who made it. What anybody may do is told by the grants alone. */
  @Column('uuid')
  ownerId!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('text', { default: 'private' })
  visibility!: Visibility;

  /** `EmbeddingModel.id` of the model every vector of this collection comes from. */
  @Column('text')
  embeddingModel!: string;

  @Column('integer')
  embeddingDimension!: number;

  /** Model whose vectors are being made beside the live ones; null when none is. */
  @Column('text', { nullable: true })
  nextEmbeddingModel!: string | null;

  @Column('integer', { nullable: true })
  nextEmbeddingDimension!: number | null;

  /** How new generations of its documents are cut. */
  @Column('text', { default: DEFAULT_STRATEGY })
  chunking!: ChunkingStrategy;

  /** Counts for what is uploaded from now on. */
  @Column('text', { default: 'reuse' })
  duplicates!: Duplicates;

  /** Grows with every visible change of a document; readers compare it to know that their copy is stale. */
  @Column('bigint', { default: 0, transformer: textAsNumber })
  revision!: number;

  /** Since when no ingestion begins in it; null while it goes on. */
  @Column('timestamptz', { nullable: true })
  pausedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
