import { Column, Entity } from 'typeorm';

import { BaseEntity, textAsNumber } from '#libs/database';
import type { Feature } from '#libs/http';

/** What an organization may use. Plans are the platform's: `organizationId` is the platform's, and everybody may read them. */
@Entity('plan')
export class PlanEntity extends BaseEntity {
  /** Stable word: `free`, `plus`, `unlimited`, or a plan of the platform's own. */
  @Column('text')
  code!: string;

  @Column('text')
  name!: string;

  /** Questions of the whole organization from midnight to midnight, UTC. Null: any number; as for all limits here. */
  @Column('integer', { nullable: true })
  messagesPerDay!: number | null;

  @Column('integer', { nullable: true })
  documents!: number | null;

  @Column('bigint', { nullable: true, transformer: textAsNumber })
  storageBytes!: number | null;

  /** Of one file. The installation's own limit counts as well. */
  @Column('bigint', { nullable: true, transformer: textAsNumber })
  uploadBytes!: number | null;

  /** Of one caller. Null: as many as the installation allows. */
  @Column('integer', { nullable: true })
  requestsPerMinute!: number | null;

  @Column('text', { array: true })
  features!: Feature[];
}
