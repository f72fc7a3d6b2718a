import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

@Entity('user_group_member')
export class GroupMemberEntity extends BaseEntity {
  @Column('uuid')
  groupId!: string;

  @Column('uuid')
  userId!: string;
}
