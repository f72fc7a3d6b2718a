import { runProcess } from '#apps/api/src/run-process';
import { startModule } from '#apps/api/src/start';
import { readRunningEnvironment } from '#libs/config';

import { WorkerModule } from './worker.module';

runProcess(() => {
  const env = readRunningEnvironment();
  return startModule(WorkerModule.forRoot(env), env);
});
