export type { AuditOutcome, AuditRecord } from './trail/audit-record';
export { AuditTrail } from './trail/audit-trail';
export { RecordingAuditTrail } from './trail/recording-audit-trail';
