import { Global, Module } from '@nestjs/common';

import { SecretBox } from './crypto/secret-box';
import { RotateSecrets } from './rotation/rotate-secrets';
import { ApplySettings } from './setting/apply-settings';

/** Every process obeys the settings of the database and can read what is sealed. */
@Global()
@Module({
  providers: [ApplySettings, RotateSecrets, SecretBox],
  exports: [ApplySettings, RotateSecrets, SecretBox],
})
export class SettingsModule {}
