export { deriveKey } from './crypto/derive-key';
export { SecretBox } from './crypto/secret-box';
export { ClearIpRules } from './ip-rule/clear-ip-rules';
export { RotateSecrets, type RotatedColumn } from './rotation/rotate-secrets';
export { SEALED_COLUMNS } from './rotation/sealed-columns';
export { SETTINGS, variableOf } from './setting/setting-catalogue';
export { SettingsAdministrationModule } from './settings-administration.module';
export { SettingsModule } from './settings.module';
