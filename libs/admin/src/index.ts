export { AdminModule } from './admin.module';
export { AdminWorkerModule } from './admin-worker.module';
