import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

import type { SettingValue } from './setting-value';

export const SETTING_ACTS = ['set', 'reset'] as const;
export type SettingAct = (typeof SETTING_ACTS)[number];

/** What a setting once was. Secrets leave the fact that they changed and no value. */
@Entity('setting_version')
export class SettingVersionEntity extends BaseEntity {
  @Column('text')
  key!: string;

  @Column('text')
  act!: SettingAct;

  @Column('jsonb', { nullable: true })
  value!: SettingValue | null;

  @Column('uuid')
  changedBy!: string;
}
