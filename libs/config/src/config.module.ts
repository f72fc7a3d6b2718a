import { Module, type DynamicModule } from '@nestjs/common';

import { Adjustments } from './adjustments';
import { ApiKeyConfig } from './api-key.config';
import { AuditConfig } from './audit.config';
import { AuthConfig } from './auth.config';
import { ChatConfig } from './chat.config';
import { DatabaseConfig } from './database.config';
import { EncryptionConfig } from './encryption.config';
import { FileStoreConfig } from './file-store.config';
import { HttpConfig } from './http.config';
import { IngestionConfig } from './ingestion.config';
import { LlmConfig } from './llm.config';
import { MailConfig } from './mail.config';
import { ObservabilityConfig } from './observability.config';
import { OidcConfig } from './oidc.config';
import { parseConfig, type ConfigClass, type Environment } from './parse-config';
import { RegistrationConfig } from './registration.config';
import { ScreeningConfig } from './screening.config';
import { StorageConfig } from './storage.config';
import { UrlImportConfig } from './url-import.config';
import { UsageConfig } from './usage.config';
import { RerankerConfig } from './reranker.config';
import { RewritingConfig } from './rewriting.config';
import { VerificationConfig } from './verification.config';
import { VectorStoreConfig } from './vector-store.config';
import { WebhookConfig } from './webhook.config';

/** Every config class of the product: what .env.example and the README table are checked against. */
export const CONFIG_CLASSES: readonly ConfigClass[] = [
  HttpConfig,
  StorageConfig,
  FileStoreConfig,
  DatabaseConfig,
  VectorStoreConfig,
  LlmConfig,
  RerankerConfig,
  RewritingConfig,
  VerificationConfig,
  AuthConfig,
  AuditConfig,
  EncryptionConfig,
  RegistrationConfig,
  MailConfig,
  ApiKeyConfig,
  OidcConfig,
  IngestionConfig,
  ScreeningConfig,
  ChatConfig,
  UsageConfig,
  UrlImportConfig,
  WebhookConfig,
  ObservabilityConfig,
];

/**
 * Makes each config class injectable by itself, so that a provider states exactly what it reads. Read a property when it is
 * needed rather than once: {@link Adjustments} change some while the process runs.
 */
@Module({})
export class ConfigModule {
  /** @throws InvalidConfigurationError naming every bad variable. */
  static forRoot(env: Environment): DynamicModule {
    const adjustments = new Adjustments();
    const configs = [...parseConfig(CONFIG_CLASSES, env)].map(([provide, config]) => ({
      provide,
      useValue: adjustments.over(config, (variable) => Boolean(env[variable]?.trim())),
    }));
    const providers = [...configs, { provide: Adjustments, useValue: adjustments }];
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
