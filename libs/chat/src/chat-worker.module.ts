import { Module } from '@nestjs/common';

import { EraseSnapshots } from './erasure/erase-snapshots';
import { ErasureWorker } from './erasure/erasure-worker';
import { EraseOldConversations } from './retention/erase-old-conversations';
import { RetentionSchedule } from './retention/retention-schedule';

/** What is done with conversations in the background, in the process that includes it. */
@Module({ providers: [EraseOldConversations, EraseSnapshots, ErasureWorker, RetentionSchedule] })
export class ChatWorkerModule {}
