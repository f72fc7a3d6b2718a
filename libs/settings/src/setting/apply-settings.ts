import { Injectable, Logger } from '@nestjs/common';

import { Adjustments } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { DomainError } from '#libs/kernel';

import { SecretBox } from '../crypto/secret-box';
import { TableMirror } from '../mirror/table-mirror';
import { settingContext } from '../rotation/sealed-columns';
import type { SettingEntity } from './setting.entity';
import { findSetting, variableOf } from './setting-catalogue';

type Row = Pick<SettingEntity, 'id' | 'key' | 'value' | 'sealed'>;

/** Lays what the database says over the configuration. */
@Injectable()
export class ApplySettings extends TableMirror<Row> {
  private readonly log = new Logger(ApplySettings.name);

  constructor(
    uow: UnitOfWork,
    private readonly box: SecretBox,
    private readonly adjustments: Adjustments,
  ) {
    super(uow, 'SELECT id, key, value, sealed FROM setting');
  }

  protected override show(rows: readonly Row[]): void {
    this.adjustments.replace(new Map(rows.flatMap((row) => this.adjustmentOf(row))));
  }

  /** Nothing for a setting of another version of the product, and for a secret whose key is gone. */
  private adjustmentOf(row: Row): [variable: string, value: unknown][] {
    const definition = findSetting(row.key);
    if (!definition) return [];
    try {
      const value = row.sealed === null ? row.value : this.box.open(row.sealed, settingContext(row.id));
      return [[variableOf(definition), value]];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.error(`The setting ${row.key} cannot be read: its encryption key is missing`);
      return [];
    }
  }
}
