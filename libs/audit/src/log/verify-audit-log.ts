import { Injectable } from '@nestjs/common';

import { hasRole, type Principal } from '#libs/http';

import { VerifyChains, type ChainReport } from '../chain/verify-chains';
import type { ChainView, VerificationView } from './verification.view';

/** Use case: verifies the chains the caller may read. */
@Injectable()
export class VerifyAuditLog {
  constructor(private readonly chains: VerifyChains) {}

  async execute({ role, organizationId }: Principal): Promise<VerificationView> {
    const reports = hasRole(role, 'superuser')
      ? await this.chains.all()
      : [await this.chains.organization(organizationId)];
    return { isIntact: reports.every(({ isIntact }) => isIntact), chains: reports.map(toChainView) };
  }
}

const toChainView = ({ problem, start: _, ...report }: ChainReport): ChainView => ({
  ...report,
  problem: problem && { ...problem, entryId: problem.entryId ?? null },
});
