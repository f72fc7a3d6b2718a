import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';

import { RefusalObserver } from '#libs/http';

import { ArchiveEntries } from './archive/archive-entries';
import { ArchiveSchedule } from './archive/archive-schedule';
import { VerifyArchive } from './archive/verify-archive';
import { ChainReceipts } from './chain/chain-receipts';
import { CheckpointSigner } from './chain/checkpoint-signer';
import { SealEntries } from './chain/seal-entries';
import { SealSchedule } from './chain/seal-schedule';
import { VerifyChains } from './chain/verify-chains';
import { AuditInterceptor } from './interceptor/audit.interceptor';
import { AuditLogEntity } from './log/audit-log.entity';
import { RecordedRefusals } from './refusal/recorded-refusals';
import { RefusalTrail } from './refusal/refusal-trail';
import { AuditTrail } from './trail/audit-trail';
import { SqlAuditTrail } from './trail/sql-audit-trail';

/** The audit log. Global because everything that acts tells it; its routes are in `AuditLogModule`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditLogEntity])],
  providers: [
    ArchiveEntries,
    ArchiveSchedule,
    ChainReceipts,
    CheckpointSigner,
    RefusalTrail,
    SealEntries,
    SealSchedule,
    VerifyArchive,
    VerifyChains,
    { provide: AuditTrail, useClass: SqlAuditTrail },
    { provide: RefusalObserver, useClass: RecordedRefusals },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
  ],
  exports: [ArchiveEntries, ArchiveSchedule, AuditTrail, RefusalObserver, RefusalTrail, VerifyArchive, VerifyChains],
})
export class AuditModule {}
