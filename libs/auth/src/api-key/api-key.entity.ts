import { Column, Entity } from 'typeorm';

import { BaseEntity } from '#libs/database';
import type { Scope } from '#libs/http';

/** What a program calls with in place of its owner. Secrets are stored as hashes and sealed keys, never selected by accident. */
@Entity('api_key')
export class ApiKeyEntity extends BaseEntity {
  /** The owner: the key can never do more than he can. */
  @Column('uuid')
  userId!: string;

  /** Who was shown the present secret: the owner, or an administrator. */
  @Column('uuid', { nullable: true })
  issuedBy!: string | null;

  @Column('text')
  name!: string;

  /** The public half of the key, by which it is found; 16 hexadecimal digits. */
  @Column('text')
  prefix!: string;

  /** SHA-256 of the secret: 256 random bits need no slow hash. */
  @Column('bytea', { select: false })
  secretHash!: Buffer;

  /** The secret before the last rotation, until {@link previousValidUntil}. */
  @Column('bytea', { nullable: true, select: false })
  previousSecretHash!: Buffer | null;

  @Column('timestamptz', { nullable: true })
  previousValidUntil!: Date | null;

  @Column('text', { array: true })
  scopes!: Scope[];

  /** Canonical CIDR ranges; empty: any address. */
  @Column('text', { array: true })
  allowedIps!: string[];

  /** Every request must be signed; the key is refused as a bearer token. */
  @Column('boolean')
  requireSignature!: boolean;

  /** Sealed key of the request signatures; null unless they are required. */
  @Column('text', { nullable: true, select: false })
  signingKey!: string | null;

  @Column('text', { nullable: true, select: false })
  previousSigningKey!: string | null;

  @Column('timestamptz')
  expiresAt!: Date;

  /** Exact to a minute: writing it on every request would cost more than the request. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;
}
