import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failed sign-ins of one account, one address, or one account from one address. Belongs to no organization. */
@Entity('sign_in_throttle')
export class SignInThrottleEntity {
  /** HMAC of what is counted: nobody can be read from this table. */
  @PrimaryColumn('bytea')
  key!: Buffer;

  /** Of account and address together: the key of the account, so that all of them can be unlocked at once. */
  @Column('bytea', { nullable: true })
  accountKey!: Buffer | null;

  @Column('integer')
  failures!: number;

  @Column('timestamptz')
  lastFailureAt!: Date;

  @Column('timestamptz', { nullable: true })
  blockedUntil!: Date | null;

  /** Of account and address together: until then this address is known to be the owner's. */
  @Column('timestamptz', { nullable: true })
  trustedUntil!: Date | null;
}
