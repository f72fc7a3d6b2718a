import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** Where a user keeps conversations that belong together. */
@Entity('conversation_folder')
export class FolderEntity extends BaseEntity {
  @Column('uuid')
  userId!: string;

  /** Once per user. */
  @Column('text')
  name!: string;
}
