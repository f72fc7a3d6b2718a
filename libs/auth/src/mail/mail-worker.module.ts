import { Module } from '@nestjs/common';

import { MailWorker } from './mail-worker';

/** Sends the mails that were asked for, in the process that includes it beside `AuthModule`. */
@Module({ providers: [MailWorker] })
export class MailWorkerModule {}
