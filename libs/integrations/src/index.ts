export { IntegrationsModule } from './integrations.module';
export { IntegrationsWorkerModule } from './integrations-worker.module';
