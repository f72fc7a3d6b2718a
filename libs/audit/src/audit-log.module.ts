import { Module } from '@nestjs/common';

import { AuditLogsController } from './log/audit-logs.controller';
import { AuditLogsService } from './log/audit-logs.service';
import { VerifyAuditLog } from './log/verify-audit-log';

/** The audit log over HTTP. */
@Module({
  controllers: [AuditLogsController],
  providers: [AuditLogsService, VerifyAuditLog],
})
export class AuditLogModule {}
