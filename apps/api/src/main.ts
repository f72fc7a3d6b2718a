import { readEnvironment } from '#libs/config';

import { runProcess } from './run-process';
import { startApi } from './start';

runProcess(() => startApi(readEnvironment()));
