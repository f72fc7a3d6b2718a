import { ApiProperty } from '@nestjs/swagger';

import { FEATURES, ROLES, type Feature, type Role } from '#libs/http';
import { LOCALES, type Locale } from '#libs/kernel';

class OrganizationSummaryView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'MY-IA' })
  readonly name!: string;
}

class OwnPlanView {
  @ApiProperty({ example: 'plus', description: 'Stable word; switch on this one.' })
  readonly code!: string;

  @ApiProperty({ example: 'Plus' })
  readonly name!: string;

  @ApiProperty({ enum: FEATURES, isArray: true, example: ['api-keys'] })
  readonly features!: Feature[];
}

class UsedView {
  @ApiProperty({
    example: 12,
    description: 'By the whole organization, with what is set aside for answers in progress.',
  })
  readonly used!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 50, description: 'Null: any number.' })
  readonly limit!: number | null;
}

class UsedMessagesView extends UsedView {
  @ApiProperty({ format: 'date-time', description: 'When counting begins anew: midnight, UTC.' })
  readonly resetsAt!: string;
}

class OwnMonthView {
  @ApiProperty({ example: 42, description: 'Answers, and documents that were embedded.' })
  readonly requests!: number;

  @ApiProperty({ example: 51_200, description: 'Sent to models and received from them.' })
  readonly tokens!: number;

  @ApiProperty({ example: 0.42 })
  readonly cost!: number;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  readonly currency!: string;
}

class OwnUsageView {
  @ApiProperty({ type: UsedMessagesView, description: 'Questions of today, UTC.' })
  readonly messages!: UsedMessagesView;

  @ApiProperty({ type: UsedView })
  readonly documents!: UsedView;

  @ApiProperty({ type: UsedView, description: 'Bytes.' })
  readonly storage!: UsedView;

  @ApiProperty({ type: OwnMonthView, description: 'By the caller alone, this month, UTC.' })
  readonly month!: OwnMonthView;
}

export class MeView {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ example: 'claire@entreprise.fr' })
  readonly email!: string;

  @ApiProperty({ example: 'Claire Martin' })
  readonly displayName!: string;

  @ApiProperty({ enum: ROLES })
  readonly role!: Role;

  @ApiProperty({ type: OrganizationSummaryView })
  readonly organization!: OrganizationSummaryView;

  @ApiProperty({ enum: LOCALES })
  readonly locale!: Locale;

  @ApiProperty({ example: 'Europe/Paris' })
  readonly timeZone!: string;

  @ApiProperty({ type: OwnPlanView, description: 'What the organization may use.' })
  readonly plan!: OwnPlanView;

  @ApiProperty({ type: OwnUsageView, description: 'What was used of it.' })
  readonly usage!: OwnUsageView;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

/** A user with the organization, its plan and what was used of it, as read. */
export interface Profile {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly plan: OwnPlanView;
  readonly messages: UsedView;
  readonly documents: UsedView;
  readonly storage: UsedView;
  readonly month: Omit<OwnMonthView, 'currency'>;
  readonly resetsAt: Date;
  readonly createdAt: Date;
}

/** @param currency ISO 4217, of all amounts */
export const toMeView = (profile: Profile, currency: string): MeView => {
  const { organizationId, organizationName, createdAt, resetsAt, messages, documents, storage, month, ...user } =
    profile;
  const { used, limit } = messages;
  const { requests, tokens, cost } = month;
  return {
    ...user,
    organization: { id: organizationId, name: organizationName },
    usage: {
      messages: { used, limit, resetsAt: resetsAt.toISOString() },
      documents,
      storage,
      month: { requests, tokens, cost, currency },
    },
    createdAt: createdAt.toISOString(),
  };
};
