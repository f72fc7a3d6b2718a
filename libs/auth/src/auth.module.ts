import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';

import { Authenticator } from '#libs/http';
import { LlmModule } from '#libs/llm';
import { SecretBox } from '#libs/settings';

import { ADMINISTRATION_CONTROLLERS, ADMINISTRATION_PROVIDERS } from './administration/administration.parts';
import { ApiKeyModule } from './api-key/api-key.module';
import { GroupModule } from './group/group.module';
import { IDENTITY_CONTROLLERS, IDENTITY_ENTITIES, IDENTITY_PROVIDERS } from './identity.parts';
import { Invite } from './registration/invite';
import { MailModule } from './mail/mail.module';
import { MfaService } from './mfa/mfa.service';
import { WriteAccountMail } from './mail/write-account-mail';
import { OpenidClientIdentityProvider } from './oidc/adapters/openid-client.identity-provider';
import { IdentityProvider } from './oidc/identity-provider';
import { OIDC_CONTROLLERS, OIDC_ENTITIES, OIDC_PROVIDERS } from './oidc/oidc.parts';
import { OrganizationEntity } from './organization/organization.entity';
import { PasswordHasher } from './password/password-hasher';
import { PersonalDataRegistry } from './personal-data/personal-data';
import { ResetPassword } from './password/reset-password';
import { LiveSessions } from './session/live-sessions';
import { RefreshTokenEntity } from './session/refresh-token.entity';
import { SessionEntity } from './session/session.entity';
import { SessionsService } from './session/sessions.service';
import { AuthController } from './sign-in/auth.controller';
import { SignIn } from './sign-in/sign-in';
import { AccessTokens } from './token/access-tokens';
import { CredentialAuthenticator } from './token/credential.authenticator';
import { JwtAuthenticator } from './token/jwt.authenticator';
import { JwtStrategy } from './token/jwt.strategy';
import { BootstrapSuperuser } from './user/bootstrap-superuser';
import { MeController } from './user/me.controller';
import { MeService } from './user/me.service';
import { UserEntity } from './user/user.entity';

/** Who may enter: organizations, users, sessions and tokens. Global because every route asks it. */
@Global()
@Module({
  imports: [
    JwtModule.register({}),
    PassportModule,
    ApiKeyModule,
    GroupModule,
    LlmModule,
    MailModule,
    TypeOrmModule.forFeature([
      OrganizationEntity,
      UserEntity,
      SessionEntity,
      RefreshTokenEntity,
      ...IDENTITY_ENTITIES,
      ...OIDC_ENTITIES,
    ]),
  ],
  controllers: [
    AuthController,
    MeController,
    ...IDENTITY_CONTROLLERS,
    ...OIDC_CONTROLLERS,
    ...ADMINISTRATION_CONTROLLERS,
  ],
  providers: [
    ...IDENTITY_PROVIDERS,
    ...OIDC_PROVIDERS,
    ...ADMINISTRATION_PROVIDERS,
    AccessTokens,
    BootstrapSuperuser,
    JwtStrategy,
    LiveSessions,
    MeService,
    PasswordHasher,
    ResetPassword,
    SessionsService,
    SignIn,
    JwtAuthenticator,
    { provide: Authenticator, useClass: CredentialAuthenticator },
    { provide: IdentityProvider, useClass: OpenidClientIdentityProvider },
  ],
  exports: [
    Authenticator,
    BootstrapSuperuser,
    Invite,
    MailModule,
    MfaService,
    PasswordHasher,
    PersonalDataRegistry,
    ResetPassword,
    SecretBox,
    SessionsService,
    WriteAccountMail,
  ],
})
export class AuthModule {}
