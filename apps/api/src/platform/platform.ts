import type { DynamicModule, Type } from '@nestjs/common';

import { AuditModule } from '#libs/audit';
import { ConfigModule, RuntimeModule, type Environment } from '#libs/config';
import { DatabaseModule } from '#libs/database';
import { HttpModule } from '#libs/http';
import { LlmModule } from '#libs/llm';
import { ObservabilityModule } from '#libs/observability';
import { PlansModule } from '#libs/plans';
import { SettingsModule } from '#libs/settings';
import { VectorStoreModule } from '#libs/vector-store';

import { ObserversModule } from './observers.module';

/**
 * What every process of the product stands on, whether it serves the API, works on jobs or runs one command.
 * @throws InvalidConfigurationError naming every bad variable.
 */
export const platform = (env: Environment): (DynamicModule | Type)[] => [
  ConfigModule.forRoot(env),
  RuntimeModule,
  DatabaseModule,
  ObservabilityModule,
  HttpModule,
  LlmModule,
  VectorStoreModule,
  ObserversModule,
  AuditModule,
  SettingsModule,
  PlansModule,
];
