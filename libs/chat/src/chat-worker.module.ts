import { Module } from '@nestjs/common';

import { EraseSnapshots } from './erasure/erase-snapshots';
import { ErasureWorker } from './erasure/erasure-worker';

/** What is done with conversations in the background, in the process that includes it. */
@Module({ providers: [EraseSnapshots, ErasureWorker] })
export class ChatWorkerModule {}
