import { Reflector } from '@nestjs/core';

export interface AuditedRoute {
  /** As in `AuditRecord`. */
  readonly action: string;
  readonly resource: string;
  /**
   * True: the entry is written after the handler, in a transaction of its own. For handlers that only read, stream or call
   * the network, which no transaction may wait for. Default: handler and entry are one transaction.
   */
  readonly apart?: boolean;
}

/**
 * Records a route whose service does not record itself: one entry when it succeeds, one when it is refused or fails. The
 * thing acted on is the `id` of the path, or of what was created.
 */
export const Audited = Reflector.createDecorator<AuditedRoute>();
