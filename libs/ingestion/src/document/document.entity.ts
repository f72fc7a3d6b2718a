import { Column, Entity } from 'typeorm';

import { BaseEntity, textAsNumber } from '#libs/database';
import type { ErrorDetails } from '#libs/kernel';

import type { DocumentStatus } from './document-status';

/** An uploaded file and how far its ingestion has come. Its text and chunks live in tables of their own. */
@Entity('document')
export class DocumentEntity extends BaseEntity {
  @Column('uuid')
  collectionId!: string;

  @Column('uuid', { nullable: true })
  uploadedBy!: string | null;

  /** For display only: never part of a path. */
  @Column('text')
  filename!: string;

  @Column('text')
  title!: string;

  /** Somebody chose the title: what the file calls itself does not replace it. */
  @Column('boolean', { default: false })
  titleGiven!: boolean;

  /** Where it was fetched from; null for what was uploaded. */
  @Column('text', { nullable: true })
  sourceUrl!: string | null;

  @Column('text')
  mediaType!: string;

  @Column('bigint', { transformer: textAsNumber })
  sizeBytes!: number;

  /** SHA-256 of the file, in hexadecimal. */
  @Column('text')
  contentHash!: string;

  /** Where the FileStore keeps the original. */
  @Column('text')
  storageKey!: string;

  @Column('text')
  status!: DocumentStatus;

  /** 0..1 */
  @Column('real', { default: 0 })
  progress!: number;

  /** Why it failed, or why the last attempt did while another one is due. */
  @Column('text', { nullable: true })
  failureCode!: string | null;

  @Column('jsonb', { nullable: true })
  failureDetails!: ErrorDetails | null;

  /** ISO 639-1, or `und`. */
  @Column('text', { nullable: true })
  language!: string | null;

  @Column('integer', { nullable: true })
  pageCount!: number | null;

  @Column('integer', { default: 0 })
  chunkCount!: number;

  /** Chunks and vectors of this generation are live; 0 until the first success. */
  @Column('integer', { default: 0 })
  generation!: number;

  /** Revision of the collection at the last visible change of this document. */
  @Column('bigint', { default: 0, transformer: textAsNumber })
  revision!: number;

  /** 0..1, of the last screening; null before the first. */
  @Column('real', { nullable: true })
  screeningScore!: number | null;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
