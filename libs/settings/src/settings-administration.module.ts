import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { IpRuleEntity } from './ip-rule/ip-rule.entity';
import { IpRulesController } from './ip-rule/ip-rules.controller';
import { IpRulesService } from './ip-rule/ip-rules.service';
import { LockOutGuard } from './ip-rule/lock-out-guard';
import { SettingEntity } from './setting/setting.entity';
import { SettingHistory } from './setting/setting-history';
import { SettingVersionEntity } from './setting/setting-version.entity';
import { SettingsController } from './setting/settings.controller';
import { SettingsInForce } from './setting/settings-in-force';
import { SettingsService } from './setting/settings.service';

/** Settings over HTTP, for superusers; rules on addresses, for administrators. */
@Module({
  imports: [TypeOrmModule.forFeature([SettingEntity, SettingVersionEntity, IpRuleEntity])],
  controllers: [SettingsController, IpRulesController],
  providers: [SettingHistory, SettingsInForce, SettingsService, IpRulesService, LockOutGuard],
})
export class SettingsAdministrationModule {}
