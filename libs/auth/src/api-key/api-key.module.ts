import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';

import { SecretBox } from '#libs/settings';

import { AdmitApiKey } from './admit-api-key';
import { ApiKeyNoticeInterceptor } from './api-key-notice.interceptor';
import { ApiKeyAuthenticator } from './api-key.authenticator';
import { ApiKeyEntity } from './api-key.entity';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';
import { CreateApiKey } from './create-api-key';
import { LiveApiKeys } from './live-api-keys';
import { RotateApiKey } from './rotate-api-key';
import { NonceCleanUp } from './signing/nonce-clean-up';
import { SignedRequestAuthenticator } from './signing/signed-request.authenticator';
import { RequestSigningKeys } from './signing/request-signing-keys';
import { UsedNonces } from './signing/used-nonces';

/** Keys for programs: their management, and the two ways of calling with one. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiKeyEntity])],
  controllers: [ApiKeysController],
  providers: [
    AdmitApiKey,
    ApiKeyAuthenticator,
    ApiKeysService,
    CreateApiKey,
    LiveApiKeys,
    NonceCleanUp,
    RotateApiKey,
    SecretBox,
    SignedRequestAuthenticator,
    RequestSigningKeys,
    UsedNonces,
    { provide: APP_INTERCEPTOR, useClass: ApiKeyNoticeInterceptor },
  ],
  exports: [ApiKeyAuthenticator, CreateApiKey, RotateApiKey, SignedRequestAuthenticator],
})
export class ApiKeyModule {}
