import { ApiProperty } from '@nestjs/swagger';

import { FEATURES, FLAGS, ROLES, type Feature, type Flag, type Role } from '#libs/http';

import { OWNER_SCOPES, scopeOf, type OwnerScope } from '../owner/owner-scope';
import { AUDIENCES, type Audience, type FeatureFlagEntity } from './feature-flag.entity';

export class FeatureFlagView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: OWNER_SCOPES, example: 'organization' })
  readonly scope!: OwnerScope;

  @ApiProperty({ format: 'uuid', description: 'All zeros for the platform.' })
  readonly organizationId!: string;

  @ApiProperty({ enum: FLAGS, example: 'document-download' })
  readonly key!: Flag;

  @ApiProperty({ enum: AUDIENCES, example: 'some' })
  readonly audience!: Audience;

  @ApiProperty({ enum: ROLES, isArray: true, example: ['admin'] })
  readonly roles!: Role[];

  @ApiProperty({ type: [String], format: 'uuid', example: [] })
  readonly groupIds!: string[];

  @ApiProperty({ type: [String], format: 'uuid', example: [] })
  readonly userIds!: string[];

  @ApiProperty({ example: 0, description: 'Of all people.' })
  readonly percentage!: number;

  @ApiProperty({ example: 'Après la formation' })
  readonly note!: string;

  @ApiProperty({ example: 1, description: 'Also the ETag; send it back as If-Match.' })
  readonly version!: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

const SOURCES = [...OWNER_SCOPES, 'default'] as const;

export class FlagEntryView {
  @ApiProperty({ enum: FLAGS, example: 'document-download' })
  readonly key!: Flag;

  @ApiProperty({ example: 'Télécharger le fichier d’origine d’un document' })
  readonly description!: string;

  @ApiProperty({ enum: AUDIENCES, description: 'In force for your organization.' })
  readonly audience!: Audience;

  @ApiProperty({ enum: SOURCES, description: 'Who says so: the organization before the platform before the code.' })
  readonly source!: (typeof SOURCES)[number];
}

export class FlagCatalogueView {
  @ApiProperty({ type: [FlagEntryView] })
  readonly items!: FlagEntryView[];
}

const NAMES = [...FEATURES, ...FLAGS] as const;
const ORIGINS = ['plan', 'flag'] as const;

export class OwnFeatureView {
  @ApiProperty({ enum: NAMES, example: 'document-download' })
  readonly name!: Feature | Flag;

  @ApiProperty({ enum: ORIGINS, description: 'Who decides: the plan of the organization, or its administrators.' })
  readonly decidedBy!: (typeof ORIGINS)[number];

  @ApiProperty({ example: true })
  readonly isAvailable!: boolean;
}

export class OwnFeaturesView {
  @ApiProperty({ type: [OwnFeatureView] })
  readonly items!: OwnFeatureView[];
}

export const toFeatureFlagView = (flag: FeatureFlagEntity): FeatureFlagView => ({
  id: flag.id,
  scope: scopeOf(flag),
  organizationId: flag.organizationId,
  key: flag.key,
  audience: flag.audience,
  roles: flag.roles,
  groupIds: flag.groupIds,
  userIds: flag.userIds,
  percentage: flag.percentage,
  note: flag.note,
  version: flag.version,
  createdAt: flag.createdAt.toISOString(),
  updatedAt: flag.updatedAt.toISOString(),
});
