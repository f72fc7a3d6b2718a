import { Module, type DynamicModule } from '@nestjs/common';

import { ApiKeyConfig } from './api-key.config';
import { AuditConfig } from './audit.config';
import { AuthConfig } from './auth.config';
import { DatabaseConfig } from './database.config';
import { EncryptionConfig } from './encryption.config';
import { HttpConfig } from './http.config';
import { IngestionConfig } from './ingestion.config';
import { LlmConfig } from './llm.config';
import { MailConfig } from './mail.config';
import { ObservabilityConfig } from './observability.config';
import { OidcConfig } from './oidc.config';
import { parseConfig, type ConfigClass, type Environment } from './parse-config';
import { RegistrationConfig } from './registration.config';
import { StorageConfig } from './storage.config';
import { VectorStoreConfig } from './vector-store.config';
import { WebhookConfig } from './webhook.config';

/** Every config class of the product: what .env.example and the README table are checked against. */
export const CONFIG_CLASSES: readonly ConfigClass[] = [
  HttpConfig,
  StorageConfig,
  DatabaseConfig,
  VectorStoreConfig,
  LlmConfig,
  AuthConfig,
  AuditConfig,
  EncryptionConfig,
  RegistrationConfig,
  MailConfig,
  ApiKeyConfig,
  OidcConfig,
  IngestionConfig,
  WebhookConfig,
  ObservabilityConfig,
];

/** Makes each config class injectable by itself, so that a provider states exactly what it reads. */
@Module({})
export class ConfigModule {
  /** @throws InvalidConfigurationError naming every bad variable. */
  static forRoot(env: Environment): DynamicModule {
    const providers = [...parseConfig(CONFIG_CLASSES, env)].map(([provide, useValue]) => ({ provide, useValue }));
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
