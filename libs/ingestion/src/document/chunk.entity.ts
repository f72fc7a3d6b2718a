import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A passage: `content.text.slice(startOffset, endOffset) === text`, always. */
@Entity('chunk')
export class ChunkEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('uuid')
  documentId!: string;

  @Column('uuid')
  collectionId!: string;

  @Column('integer')
  generation!: number;

  /** Place in the document, from 0. */
  @Column('integer')
  ordinal!: number;

  /** UTF-16 code units into the text of the same generation. */
  @Column('integer')
  startOffset!: number;

  @Column('integer')
  endOffset!: number;

  /** Page the chunk begins on, for formats that have pages. */
  @Column('integer', { nullable: true })
  page!: number | null;

  /** Headings above the chunk, outermost first. */
  @Column('text', { array: true, default: [] })
  headingPath!: readonly string[];

  @Column('text')
  text!: string;

  @Column('integer')
  tokenCount!: number;

  @Column('text')
  language!: string;

  /** SimHash of the text, as the driver gives a bigint; null for chunks older than the column. */
  @Column('bigint', { nullable: true })
  fingerprint!: string | null;

  /** Searched in place of the text; quotes stay the words of the document. */
  @Column('text', { nullable: true })
  searchText!: string | null;

  /** Found by no search. */
  @Column('boolean', { default: false })
  isDisabled!: boolean;
}
