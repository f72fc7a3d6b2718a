import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';
import type { Flag, Role } from '#libs/http';

/** Who has what a flag stands for. `some`: whoever is named, is in a group, has a role, or falls into the percentage. */
export const AUDIENCES = ['everybody', 'nobody', 'some'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What an organization, or the platform for all that say nothing themselves, decides about one flag. */
@Entity('feature_flag')
export class FeatureFlagEntity extends BaseEntity {
  @Column('text')
  key!: Flag;

  @Column('text')
  audience!: Audience;

  @Column('text', { array: true })
  roles!: Role[];

  @Column('uuid', { array: true })
  groupIds!: string[];

  @Column('uuid', { array: true })
  userIds!: string[];

  /** Of all users, chosen by their ids: the same ones each time, and more of them when it grows. */
  @Column('integer')
  percentage!: number;

  @Column('text')
  note!: string;
}
