import { Injectable } from '@nestjs/common';

import { Quotas } from '#libs/plans';

/** The documents of an organization, as its plan counts them. Call as the last act of the transaction that changes them. */
@Injectable()
export class DocumentQuota {
  constructor(private readonly quotas: Quotas) {}

  /**
   * @param sizes bytes of each document
   * @throws DocumentsExhaustedError @throws StorageExhaustedError
   */
  async added(organizationId: string, sizes: readonly number[]): Promise<void> {
    await this.quotas.spend(organizationId, 'documents', sizes.length);
    await this.quotas.spend(organizationId, 'storage', sum(sizes));
  }

  /** @param sizes bytes of each document */
  async removed(organizationId: string, sizes: readonly number[]): Promise<void> {
    await this.quotas.giveBack(organizationId, 'documents', sizes.length);
    await this.quotas.giveBack(organizationId, 'storage', sum(sizes));
  }
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
