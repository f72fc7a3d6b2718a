import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** People of one organization who get the same grants. */
@Entity('user_group')
export class GroupEntity extends BaseEntity {
  /** citext: two groups of one organization do not differ by case alone. */
  @Column('citext')
  name!: string;

  @Column('text', { default: '' })
  description!: string;
}
