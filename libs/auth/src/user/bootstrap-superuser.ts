import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import { Ids } from '#libs/kernel';

import { OrganizationEntity } from '../organization/organization.entity';
import { generatePassword } from '../password/generate-password';
import { PasswordHasher } from '../password/password-hasher';
import { assertStrongPassword } from '../password/password-policy';
import { UserEntity } from './user.entity';

/** Serializes two first starts against the same database. */
const BOOTSTRAP_LOCK = 4_115_201_791;

export interface FirstSuperuser {
  readonly email: string;
  /** Absent: one is generated. */
  readonly password?: string | undefined;
}

export interface BootstrapResult {
  readonly userId: string;
  readonly organizationId: string;
  readonly email: string;
  /** False when there was a superuser already. */
  readonly created: boolean;
  /** Only when this call created the superuser and made the password up: shown once, stored hashed. */
  readonly generatedPassword?: string | undefined;
}

/** Use case: an installation has an organization and somebody who may do everything. Idempotent. */
@Injectable()
export class BootstrapSuperuser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly passwords: PasswordHasher,
    private readonly ids: Ids,
  ) {}

  /** @throws WeakPasswordError, CommonPasswordError */
  execute({ email, password }: FirstSuperuser): Promise<BootstrapResult> {
    if (password !== undefined) assertStrongPassword(password, { email });
    return this.uow.run(async () => {
      await this.uow.query('SELECT pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
      return (await this.find()) ?? this.create(email, password);
    });
  }

  /** The superuser who was there first, if there is one. */
  async find(): Promise<BootstrapResult | undefined> {
    const [user] = await this.uow
      .repository(UserEntity)
      .find({ where: { role: 'superuser' }, order: { createdAt: 'ASC' }, take: 1 });
    return user && { userId: user.id, organizationId: user.organizationId, email: user.email, created: false };
  }

  private async create(email: string, password: string | undefined): Promise<BootstrapResult> {
    const organizationId = await this.organization();
    const generatedPassword = password === undefined ? generatePassword() : undefined;
    const userId = this.ids.next();
    await this.uow.repository(UserEntity).insert({
      id: userId,
      organizationId,
      email,
      displayName: 'Superuser',
      passwordHash: await this.passwords.hash(password ?? generatedPassword ?? ''),
      role: 'superuser',
      locale: 'fr',
      timeZone: 'Europe/Paris',
    });
    return { userId, organizationId, email, created: true, generatedPassword };
  }

  private async organization(): Promise<string> {
    const existing = await this.uow.repository(OrganizationEntity).findOne({ where: {}, order: { createdAt: 'ASC' } });
    if (existing) return existing.id;
    const id = this.ids.next();
    await this.uow.repository(OrganizationEntity).insert({ id, organizationId: id, name: 'MY-IA' });
    return id;
  }
}
