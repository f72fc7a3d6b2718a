import { Injectable } from '@nestjs/common';

import { Adjustments } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Locale } from '#libs/kernel';

import { SettingEntity } from './setting.entity';
import { SETTINGS, variableOf } from './setting-catalogue';
import type { SettingCatalogueView, SettingEntryView } from './setting-catalogue.view';
import type { SettingDefinition } from './setting-definition';
import { MASKED_VALUE, type SettingValue } from './setting-value';

/** Every setting there is, with the value in force and who says so. */
@Injectable()
export class SettingsInForce {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly adjustments: Adjustments,
  ) {}

  async list(locale: Locale): Promise<SettingCatalogueView> {
    const rows = await this.uow.repository(SettingEntity).find();
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return { items: SETTINGS.map((definition) => this.entry(definition, byKey.get(definition.key), locale)) };
  }

  private entry(definition: SettingDefinition, row: SettingEntity | undefined, locale: Locale): SettingEntryView {
    const { key, isSecret, description } = definition;
    const variable = variableOf(definition);
    const configured = this.adjustments.configuredValue(variable);
    const defaultValue = shown(configured.value, isSecret);
    const value = row ? shown(row.value, isSecret) : defaultValue;
    const source = row ? 'database' : configured.source;
    return { key, variable, description: description[locale], isSecret, value, source, defaultValue };
  }
}

/** A secret that is not set is shown as such; one that is set is not shown. */
const shown = (value: unknown, isSecret: boolean): SettingValue | null => {
  if (isSecret) return value === undefined ? null : MASKED_VALUE;
  return (value as SettingValue | undefined) ?? null;
};
