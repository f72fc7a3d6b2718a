import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { SettingEntity } from './setting/setting.entity';
import { SettingHistory } from './setting/setting-history';
import { SettingVersionEntity } from './setting/setting-version.entity';
import { SettingsController } from './setting/settings.controller';
import { SettingsInForce } from './setting/settings-in-force';
import { SettingsService } from './setting/settings.service';

/** Settings over HTTP, for superusers. */
@Module({
  imports: [TypeOrmModule.forFeature([SettingEntity, SettingVersionEntity])],
  controllers: [SettingsController],
  providers: [SettingHistory, SettingsInForce, SettingsService],
})
export class SettingsAdministrationModule {}
