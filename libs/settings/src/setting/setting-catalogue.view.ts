import { ApiProperty } from '@nestjs/swagger';

import type { SettingValue } from './setting-value';
import { VALUE_SCHEMA } from './setting-value.schema';

const SOURCES = ['database', 'environment', 'default'] as const;
export type SettingSource = (typeof SOURCES)[number];

export class SettingEntryView {
  @ApiProperty({ example: 'registration.mode' })
  readonly key!: string;

  @ApiProperty({ example: 'REGISTRATION', description: 'The environment variable it stands before.' })
  readonly variable!: string;

  @ApiProperty({ example: 'Qui peut créer un compte : open (tous), invite (les invités) ou closed (personne)' })
  readonly description!: string;

  @ApiProperty({ example: false })
  readonly isSecret!: boolean;

  @ApiProperty({ ...VALUE_SCHEMA, nullable: true, example: 'invite', description: 'In force now; `***` for a secret.' })
  readonly value!: SettingValue | null;

  @ApiProperty({ enum: SOURCES, description: 'Who says so: the database before the environment before the code.' })
  readonly source!: SettingSource;

  @ApiProperty({ ...VALUE_SCHEMA, nullable: true, example: 'closed', description: 'What a deletion goes back to.' })
  readonly defaultValue!: SettingValue | null;
}

export class SettingCatalogueView {
  @ApiProperty({ type: [SettingEntryView] })
  readonly items!: SettingEntryView[];
}
