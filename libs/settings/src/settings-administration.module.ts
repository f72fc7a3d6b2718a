import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { FeatureFlagEntity } from './flag/feature-flag.entity';
import { FeatureFlagsController } from './flag/feature-flags.controller';
import { FeatureFlagsService } from './flag/feature-flags.service';
import { OwnFeaturesController } from './flag/own-features.controller';
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

/** Settings over HTTP, for superusers; flags and rules on addresses, for administrators. */
@Module({
  imports: [TypeOrmModule.forFeature([SettingEntity, SettingVersionEntity, IpRuleEntity, FeatureFlagEntity])],
  controllers: [SettingsController, IpRulesController, FeatureFlagsController, OwnFeaturesController],
  providers: [SettingHistory, SettingsInForce, SettingsService, IpRulesService, LockOutGuard, FeatureFlagsService],
})
export class SettingsAdministrationModule {}
