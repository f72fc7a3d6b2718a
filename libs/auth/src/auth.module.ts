import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';

import { Authenticator } from '#libs/http';

import { OrganizationEntity } from './organization/organization.entity';
import { PasswordHasher } from './password/password-hasher';
import { ResetPassword } from './password/reset-password';
import { LiveSessions } from './session/live-sessions';
import { RefreshTokenEntity } from './session/refresh-token.entity';
import { SessionEntity } from './session/session.entity';
import { SessionsService } from './session/sessions.service';
import { AuthController } from './sign-in/auth.controller';
import { SignIn } from './sign-in/sign-in';
import { AccessTokens } from './token/access-tokens';
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
    TypeOrmModule.forFeature([OrganizationEntity, UserEntity, SessionEntity, RefreshTokenEntity]),
  ],
  controllers: [AuthController, MeController],
  providers: [
    AccessTokens,
    BootstrapSuperuser,
    JwtStrategy,
    LiveSessions,
    MeService,
    PasswordHasher,
    ResetPassword,
    SessionsService,
    SignIn,
    { provide: Authenticator, useClass: JwtAuthenticator },
  ],
  exports: [Authenticator, BootstrapSuperuser, PasswordHasher, ResetPassword],
})
export class AuthModule {}
