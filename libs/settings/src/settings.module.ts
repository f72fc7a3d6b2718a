import { Global, Module } from '@nestjs/common';

import { AddressPolicy, FlagPolicy } from '#libs/http';

import { SecretBox } from './crypto/secret-box';
import { FlagRules } from './flag/flag-rules';
import { ClearIpRules } from './ip-rule/clear-ip-rules';
import { IpRulePolicy } from './ip-rule/ip-rule-policy';
import { RotateSecrets } from './rotation/rotate-secrets';
import { ApplySettings } from './setting/apply-settings';

/** Every process obeys the settings, the flags and the rules on addresses of the database and can read what is sealed. */
@Global()
@Module({
  providers: [
    ApplySettings,
    ClearIpRules,
    FlagRules,
    { provide: FlagPolicy, useExisting: FlagRules },
    IpRulePolicy,
    { provide: AddressPolicy, useExisting: IpRulePolicy },
    RotateSecrets,
    SecretBox,
  ],
  exports: [AddressPolicy, ApplySettings, ClearIpRules, FlagPolicy, FlagRules, IpRulePolicy, RotateSecrets, SecretBox],
})
export class SettingsModule {}
