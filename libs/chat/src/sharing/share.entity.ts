import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';

/** `organization`: whoever is signed in to it; `public`: whoever has the link, where the organization allows that. */
export const AUDIENCES = ['organization', 'public'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** A link that shows a conversation as it was when the link was made. Nothing is copied: what is erased is not shown. */
@Entity('conversation_share')
export class ShareEntity extends BaseEntity {
  @Column('uuid')
  conversationId!: string;

  /** The last message that is shown. */
  @Column('uuid')
  leafId!: string;

  /** SHA-256 of the token; the token itself is stored nowhere. */
  @Column('text')
  tokenHash!: string;

  @Column('text')
  audience!: Audience;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
