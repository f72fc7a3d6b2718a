import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail, PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { StaleResourceError, type PageDto } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids, type Page } from '#libs/kernel';

import { SecretBox } from '../crypto/secret-box';
import { settingContext } from '../rotation/sealed-columns';
import { ApplySettings } from './apply-settings';
import { getSetting } from './setting-catalogue';
import type { SettingEntity } from './setting.entity';
import { SettingHistory } from './setting-history';
import { SETTING_RESOURCE } from './setting.resource';
import { assertAcceptable, MASKED_VALUE } from './setting-value';
import type { SettingVersionView, SettingView } from './setting.view';

/** What superusers set while the product runs. This process obeys from the answer on, others within two seconds. */
@Injectable()
export class SettingsService extends AuditedCrudService<SettingEntity, SettingView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly box: SecretBox,
    private readonly history: SettingHistory,
    private readonly applied: ApplySettings,
  ) {
    super(SETTING_RESOURCE, uow, ids, trail);
  }

  /** @throws UnknownSettingError, SettingValueRefusedError, DuplicateResourceError when it is set already */
  override async create(principal: Principal, input: Partial<SettingEntity>): Promise<SettingView> {
    return this.thenApply(await super.create(principal, input));
  }

  /** @throws ResourceNotFoundError, StaleResourceError, SettingValueRefusedError */
  override async update(
    principal: Principal,
    id: string,
    patch: Partial<SettingEntity>,
    version?: number,
  ): Promise<SettingView> {
    return this.thenApply(await super.update(principal, id, patch, version));
  }

  /** Back to what the environment or the code says. @throws ResourceNotFoundError, StaleResourceError */
  override async remove(principal: Principal, id: string, version?: number): Promise<void> {
    await super.remove(principal, id, version);
    await this.applied.refresh();
  }

  /** @throws ResourceNotFoundError when it is not set */
  async versions(principal: Principal, id: string, { page, pageSize }: PageDto): Promise<Page<SettingVersionView>> {
    const { key } = await this.load(principal, id);
    return this.history.list(key, page, pageSize);
  }

  /** Sets what a former version says. @throws StaleResourceError, SettingNotRevertibleError for secrets and resets */
  async revert(principal: Principal, id: string, versionId: string, version?: number): Promise<SettingView> {
    const { key, version: current } = await this.load(principal, id);
    if (version !== undefined && version !== current) throw new StaleResourceError('setting', id, current);
    return this.update(principal, id, { value: await this.history.valueOf(key, versionId) }, version);
  }

  /** Recorded here rather than by the base class, which would not see that a secret has changed. */
  protected override async beforeSave(
    after: SettingEntity,
    before: Readonly<SettingEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    const definition = getSetting(after.key);
    assertAcceptable(definition, after.value);
    after.sealed = null;
    if (definition.isSecret) this.seal(after);
    after.organizationId = PLATFORM_ORGANIZATION_ID;
    after.updatedBy = principal.id;
    await this.history.remember(after, 'set', principal);
    await this.recordAct(before ? 'updated' : 'created', after.id, before, after);
  }

  protected override async beforeRemove(entity: SettingEntity, principal: Principal): Promise<void> {
    await this.history.remember(entity, 'reset', principal);
    await this.recordAct('deleted', entity.id, entity, undefined);
  }

  private seal(setting: SettingEntity): void {
    setting.sealed = this.box.seal(String(setting.value), settingContext(setting.id));
    setting.value = null;
  }

  private recordAct(
    act: 'created' | 'updated' | 'deleted',
    resourceId: string,
    before: Readonly<SettingEntity> | undefined,
    after: SettingEntity | undefined,
  ): Promise<void> {
    return this.trail.record({
      action: `setting.${act}`,
      resource: 'setting',
      resourceId,
      organizationId: PLATFORM_ORGANIZATION_ID,
      outcome: 'succeeded',
      before: before && recordOf(before),
      after: after && recordOf(after),
    });
  }

  private async thenApply<T>(result: T): Promise<T> {
    await this.applied.refresh();
    return result;
  }
}

const recordOf = ({ key, value }: Readonly<SettingEntity>): object => ({ key, value: value ?? MASKED_VALUE });
