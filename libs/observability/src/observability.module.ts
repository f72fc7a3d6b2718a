import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { LoggerModule } from 'nestjs-pino';
import type { DestinationStream } from 'pino';

import { ObservabilityConfig } from '#libs/config';
import { RequestContext } from '#libs/http';

import { DiskHealthProbe } from './health/disk.health-probe';
import { HealthController } from './health/health.controller';
import { MemoryHealthProbe } from './health/memory.health-probe';
import { Readiness } from './health/readiness';
import { LOG_DESTINATION } from './logging/log-destination';
import { loggerParams } from './logging/logger-params';
import { METRIC_PROVIDERS } from './metrics/metric-definitions';
import { Metrics } from './metrics/metrics';
import { MetricsController } from './metrics/metrics.controller';
import { RequestObserver } from './metrics/request-observer';

/** Logs, metrics and health of a process, with or without HTTP. It knows no feature: features hand it what to show. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    TerminusModule.forRoot({ logger: false }),
    PrometheusModule.register({ controller: MetricsController }),
    LoggerModule.forRootAsync({
      inject: [
        ObservabilityConfig,
        { token: RequestContext, optional: true },
        { token: LOG_DESTINATION, optional: true },
      ],
      useFactory: (config: ObservabilityConfig, context?: RequestContext, destination?: DestinationStream) =>
        loggerParams(config, context, destination),
    }),
  ],
  controllers: [HealthController],
  providers: [...METRIC_PROVIDERS, Metrics, RequestObserver, Readiness, DiskHealthProbe, MemoryHealthProbe],
  exports: [Metrics, RequestObserver],
})
export class ObservabilityModule {}
