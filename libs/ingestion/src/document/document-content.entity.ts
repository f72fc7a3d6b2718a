import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { PageRange } from '../extraction/extracted-document';

/** The extracted text that every offset of a generation refers to. */
@Entity('document_content')
export class DocumentContentEntity {
  @PrimaryColumn('uuid')
  documentId!: string;

  @PrimaryColumn('integer')
  generation!: number;

  @Column('uuid')
  organizationId!: string;

  @Column('text')
  text!: string;

  @Column('jsonb', { default: [] })
  pages!: readonly PageRange[];

  /** The title the file itself declares. */
  @Column('text', { nullable: true })
  title!: string | null;

  /** ISO 639-1, or `und`. */
  @Column('text', { default: 'und' })
  language!: string;
}
