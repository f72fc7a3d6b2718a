import { Injectable } from '@nestjs/common';

import type { DomainError } from '#libs/kernel';
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

  /**
   * Sets room aside for those documents that find some; {@link settle} ends it. In a transaction of its own, so that
   * nobody waits for the one that stores them.
   * @param sizes bytes of each document @param key what the room is for
   * @returns for each document why there is no room, or undefined
   */
  async reserve(organizationId: string, sizes: readonly number[], key: string): Promise<(DomainError | undefined)[]> {
    const ones = sizes.map(() => 1);
    const unnumbered = await this.quotas.reserveSome(organizationId, 'documents', ones, key);
    const places = sizes.flatMap((_, at) => (unnumbered[at] ? [] : [at]));
    const wanted = places.map((at) => sizes[at] ?? 0);
    const unstored = await this.quotas.reserveSome(organizationId, 'storage', wanted, key);
    return sizes.map((_, at) => unnumbered[at] ?? unstored[places.indexOf(at)]);
  }

  /** @param sizes bytes of each document that was added in the end; what else was reserved is free again */
  async settle(organizationId: string, sizes: readonly number[], key: string): Promise<void> {
    await this.quotas.settle(organizationId, 'documents', key, sizes.length);
    await this.quotas.settle(organizationId, 'storage', key, sum(sizes));
  }

  /** @param sizes bytes of each document */
  async removed(organizationId: string, sizes: readonly number[]): Promise<void> {
    await this.quotas.giveBack(organizationId, 'documents', sizes.length);
    await this.quotas.giveBack(organizationId, 'storage', sum(sizes));
  }
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
