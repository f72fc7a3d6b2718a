import { Injectable } from '@nestjs/common';

import { ResourceNotFoundError } from '#libs/crud';
import { hasRole, type Principal } from '#libs/http';

import { VerifyChains, type ChainReport } from '../chain/verify-chains';
import { parseExpectedHead, type ExpectedHead } from '../chain/expected-head';
import type { ChainView, VerificationView } from './verification.view';

/** Use case: verifies the chains the caller may read. */
@Injectable()
export class VerifyAuditLog {
  constructor(private readonly chains: VerifyChains) {}

  /**
   * @param receipt of a former verification
   * @throws InvalidExpectedHeadError
   * @throws ResourceNotFoundError when the receipt is of a chain the caller may not read
   */
  async execute({ role, organizationId }: Principal, receipt?: string): Promise<VerificationView> {
    const expected = receipt === undefined ? [] : [parseExpectedHead(receipt)];
    const reports = hasRole(role, 'superuser')
      ? await this.chains.all(expected)
      : [await this.chains.organization(organizationId, ownOnly(organizationId, expected))];
    return { isIntact: reports.every(({ isIntact }) => isIntact), chains: reports.map(toChainView) };
  }
}

const ownOnly = (organizationId: string, expected: readonly ExpectedHead[]): readonly ExpectedHead[] => {
  const foreign = expected.find((one) => one.organizationId !== organizationId);
  if (foreign) throw new ResourceNotFoundError('organization', foreign.organizationId);
  return expected;
};

const toChainView = ({ problem, start: _, ...report }: ChainReport): ChainView => ({
  ...report,
  problem: problem && { ...problem, entryId: problem.entryId ?? null },
});
