import { Module, type DynamicModule } from '@nestjs/common';

import { AdminModule, AdminWorkerModule } from '#libs/admin';
import { AuditLogModule } from '#libs/audit';
import { AuthModule, MailWorkerModule } from '#libs/auth';
import { ChatModule, ChatWorkerModule } from '#libs/chat';
import { IngestionConfig, parseConfig, type Environment } from '#libs/config';
import { EvaluationModule } from '#libs/evaluation';
import { IngestionModule, IngestionWorkerModule } from '#libs/ingestion';
import { IntegrationsModule, IntegrationsWorkerModule } from '#libs/integrations';
import { PlansAdministrationModule } from '#libs/plans';
import { RetrievalModule } from '#libs/retrieval';
import { SettingsAdministrationModule } from '#libs/settings';

import { HomeController } from './home/home.controller';
import { platform } from './platform/platform';

/** Composition root of the API. With WORKER=inline the same process also ingests. */
@Module({})
export class ApiModule {
  /** @throws InvalidConfigurationError naming every bad variable. */
  static forRoot(env: Environment): DynamicModule {
    const worker = ingestsInline(env)
      ? [IngestionWorkerModule, IntegrationsWorkerModule, ChatWorkerModule, AdminWorkerModule]
      : [];
    const features = [
      AuthModule,
      MailWorkerModule,
      IngestionModule,
      RetrievalModule,
      ChatModule,
      EvaluationModule,
      AuditLogModule,
      PlansAdministrationModule,
      IntegrationsModule,
      AdminModule,
      SettingsAdministrationModule,
    ];
    return {
      module: ApiModule,
      imports: [...platform(env), ...features, ...worker],
      controllers: [HomeController],
    };
  }
}

const ingestsInline = (env: Environment): boolean => {
  const config = parseConfig([IngestionConfig], env).get(IngestionConfig) as IngestionConfig;
  return config.worker === 'inline';
};
