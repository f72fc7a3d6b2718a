import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

import type { SettingValue } from './setting-value';

/** A value that stands before that of the environment. It belongs to the platform. */
@Entity('setting')
export class SettingEntity extends BaseEntity {
  @Column('text')
  key!: string;

  /** Null for secrets. */
  @Column('jsonb', { nullable: true })
  value!: SettingValue | null;

  /** By the secret box, for this row only; null for what is no secret. */
  @Column('text', { nullable: true })
  sealed!: string | null;

  @Column('uuid')
  updatedBy!: string;
}
