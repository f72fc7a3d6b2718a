import { Global, Module } from '@nestjs/common';

import { Clock, Ids, RandomIds, SystemClock } from '#libs/kernel';

/** What every process takes from the machine it runs on: the time and fresh identifiers. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: Ids, useClass: RandomIds },
  ],
  exports: [Clock, Ids],
})
export class RuntimeModule {}
