import { SecretBox } from '#libs/settings';

import { DirectoryController } from './directory/directory.controller';
import { DirectoryGroups } from './directory/directory-groups';
import { DirectoryUsers } from './directory/directory-users';
import { ForgetAttempts } from './lockout/forget-attempts';
import { SignInAttempts } from './lockout/sign-in-attempts';
import { SignInThrottleEntity } from './lockout/sign-in-throttle.entity';
import { WriteAccountMail } from './mail/write-account-mail';
import { MfaController } from './mfa/mfa.controller';
import { MfaEnforcement } from './mfa/mfa-enforcement';
import { MfaService } from './mfa/mfa.service';
import { RecoveryCodeEntity } from './mfa/recovery-code.entity';
import { SecondFactor } from './mfa/second-factor';
import { TotpCredentialEntity } from './mfa/totp-credential.entity';
import { EmailDomains } from './organization/email-domains';
import { PurgeOrganization } from './organization/purge-organization';
import { ChangePassword } from './password/change-password';
import { PasswordController } from './password/password.controller';
import { RecoverPassword } from './password/recover-password';
import { SetPassword } from './password/set-password';
import { AccountData } from './personal-data/account-data';
import { EraseAccount } from './personal-data/erase-account';
import { ExportPersonalData } from './personal-data/export-personal-data';
import { PersonalDataController } from './personal-data/personal-data.controller';
import { PersonalDataRegistry } from './personal-data/personal-data';
import { Accounts } from './registration/accounts';
import { InvitationEntity } from './registration/invitation.entity';
import { Invite } from './registration/invite';
import { PendingInvitations } from './registration/pending-invitations';
import { RegisterUser } from './registration/register-user';
import { RegistrationController } from './registration/registration.controller';
import { RemainingAdministrators } from './user/remaining-administrators';
import { VerifyEmail } from './registration/verify-email';
import { OwnSessions } from './session/own-sessions';
import { RotateRefreshToken } from './session/rotate-refresh-token';
import { SessionsController } from './session/sessions.controller';
import { TokenPairs } from './session/token-pairs';
import { OneTimeTokenEntity } from './token/one-time-token.entity';
import { OneTimeTokens } from './token/one-time-tokens';
import { SigningKeys } from './token/signing-keys';

/** What `AuthModule` is made of for people who sign in without keys: accounts, passwords, sessions, second factors. */
export const IDENTITY_ENTITIES = [
  InvitationEntity,
  OneTimeTokenEntity,
  RecoveryCodeEntity,
  SignInThrottleEntity,
  TotpCredentialEntity,
];

export const IDENTITY_CONTROLLERS = [
  DirectoryController,
  MfaController,
  PasswordController,
  PersonalDataController,
  RegistrationController,
  SessionsController,
];

export const IDENTITY_PROVIDERS = [
  AccountData,
  Accounts,
  ChangePassword,
  DirectoryGroups,
  DirectoryUsers,
  EmailDomains,
  EraseAccount,
  ExportPersonalData,
  ForgetAttempts,
  Invite,
  MfaEnforcement,
  MfaService,
  OneTimeTokens,
  OwnSessions,
  PendingInvitations,
  PersonalDataRegistry,
  PurgeOrganization,
  RecoverPassword,
  RegisterUser,
  RemainingAdministrators,
  RotateRefreshToken,
  SecondFactor,
  SecretBox,
  SetPassword,
  SignInAttempts,
  SigningKeys,
  TokenPairs,
  VerifyEmail,
  WriteAccountMail,
];
