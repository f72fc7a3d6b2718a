import type { DocumentEntity } from '../document/document.entity';
import { DocumentQuarantinedError } from './screening.errors';

export const isQuarantined = ({ status, failureCode }: Pick<DocumentEntity, 'status' | 'failureCode'>): boolean =>
  status === 'failed' && failureCode === DocumentQuarantinedError.definition.code;
