import { Injectable } from '@nestjs/common';

import { PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids, type Page } from '#libs/kernel';

import type { SettingEntity } from './setting.entity';
import { SettingNotRevertibleError } from './setting.errors';
import type { SettingValue } from './setting-value';
import { SettingVersionEntity, type SettingAct } from './setting-version.entity';
import { toSettingVersionView, type SettingVersionView } from './setting.view';

/** What settings were, by whom and when. It outlives a reset. */
@Injectable()
export class SettingHistory {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /** Joins the transaction of the change. */
  async remember({ key, value }: SettingEntity, act: SettingAct, { id: changedBy }: Principal): Promise<void> {
    const kept = act === 'set' ? value : null;
    const row = { id: this.ids.next(), organizationId: PLATFORM_ORGANIZATION_ID, key, act, changedBy };
    await this.uow.repository(SettingVersionEntity).insert({ ...row, ...(kept !== null && { value: kept }) });
  }

  /** Newest first. */
  async list(settingKey: string, page: number, pageSize: number): Promise<Page<SettingVersionView>> {
    const [rows, total] = await this.uow.repository(SettingVersionEntity).findAndCount({
      where: { key: settingKey },
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: (page - 1) * pageSize,
      take: pageSize,
    });
    return { items: rows.map(toSettingVersionView), page, pageSize, total };
  }

  /** @throws ResourceNotFoundError, SettingNotRevertibleError */
  async valueOf(key: string, versionId: string): Promise<SettingValue> {
    const found = await this.uow.repository(SettingVersionEntity).findOneBy({ id: versionId, key });
    if (!found) throw new ResourceNotFoundError('setting version', versionId);
    if (found.value === null) throw new SettingNotRevertibleError();
    return found.value;
  }
}
