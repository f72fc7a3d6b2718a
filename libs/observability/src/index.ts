export { HealthProbe, type ProbeResult } from './health/health-probe';
export { LOG_DESTINATION } from './logging/log-destination';
export { Metrics, type ComparisonOutcome } from './metrics/metrics';
export { RequestObserver } from './metrics/request-observer';
export { ObservabilityModule } from './observability.module';
