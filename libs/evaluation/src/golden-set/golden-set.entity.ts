import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** Questions with known answers about some collections: what quality is measured on. */
@Entity('golden_set')
export class GoldenSetEntity extends BaseEntity {
  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  /** What is searched. */
  @Column('uuid', { array: true })
  collectionIds!: string[];
}
