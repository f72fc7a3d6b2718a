import type { AuditRecord } from './audit-record';

/**
 * Port: the memory of every sensitive act. An entry is written in the transaction of the change it tells of, so that neither
 * exists without the other; it joins its organization's hash chain afterwards, so that writers never wait for each other.
 */
export abstract class AuditTrail {
  /**
   * Adds an entry to the transaction in progress. Actor, organization, session, API key, address, user agent and request id
   * are taken from the request in progress where the record does not name them.
   * @throws Error outside UnitOfWork.run
   */
  abstract record(entry: AuditRecord): Promise<void>;

  /** As many calls of {@link record} in this order, in one statement. @throws Error outside UnitOfWork.run */
  abstract recordAll(entries: readonly AuditRecord[]): Promise<void>;
}
