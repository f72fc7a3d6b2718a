import { randomUUID } from 'node:crypto';

import { COMMANDS } from '#apps/cli/src/commands/index';
import {
  ArchiveEntries,
  ArchiveSchedule,
  parseExpectedHead,
  VerifyArchive,
  VerifyChains,
  type ChainReport,
} from '#libs/audit';
import { Clock } from '#libs/kernel';
import { TestApi, type TestUser } from '#test/support/api';

import { Tampering } from './support/tampering';

const DAY_MS = 86_400_000;

/** What a chain of hashes alone does not show: the second before an entry is in it, and the place where it ends. */
describe('The audit log', () => {
  let api: TestApi;
  let log: Tampering;

  beforeAll(async () => {
    api = await TestApi.start();
    log = new Tampering(api);
  });
  afterAll(() => api.close());

  describe('before an entry is sealed', () => {
    const unsealed = async (change: string): Promise<ChainReport> => {
      const organizationId = await log.chain(3);
      await log.pastUnsealed(organizationId, 2, change);
      return log.verify(organizationId);
    };

    it('names the entry when somebody altered it', async () => {
      const { problem } = await unsealed(`UPDATE audit_log SET outcome = 'refused' WHERE organization_id = $1
        AND sequence IS NULL AND details::jsonb ->> 'number' = '2'`);
      expect(problem).toMatchObject({ kind: 'altered', sequence: 5 });
    });

    it('names the entry when somebody altered it and took its proof away', async () => {
      const { problem } = await unsealed(`UPDATE audit_log SET outcome = 'refused', proof = NULL, proof_key_id = NULL
        WHERE organization_id = $1 AND sequence IS NULL AND details::jsonb ->> 'number' = '1'`);
      expect(problem).toMatchObject({ kind: 'altered', sequence: 4 });
    });

    it('names an entry that somebody slipped in', async () => {
      const { problem } = await unsealed(`
        INSERT INTO audit_log (id, organization_id, created_at, action, resource, outcome, request_id)
        VALUES (gen_random_uuid(), $1, now(), 'forged', 'toy', 'succeeded', 'x')`);
      expect(problem).toMatchObject({ kind: 'altered', sequence: 6 });
    });

    it('names an entry that somebody copied from another time, proof and all', async () => {
      const { problem } = await unsealed(`
        INSERT INTO audit_log (id, organization_id, created_at, action, resource, outcome, request_id, proof_key_id, proof)
        SELECT gen_random_uuid(), organization_id, created_at, action, resource, outcome, request_id, proof_key_id, proof
          FROM audit_log WHERE organization_id = $1 AND sequence = 1`);
      expect(problem).toMatchObject({ kind: 'altered', sequence: 6 });
    });
  });

  describe('cut off together with its checkpoints', () => {
    const receiptOf = async (organizationId: string): Promise<string> =>
      (await log.verify(organizationId)).receipt ?? 'none';
    const cut = async (organizationId: string, after: number): Promise<void> => {
      for (const table of ['audit_log', 'audit_checkpoint']) {
        await log.past(`DELETE FROM ${table} WHERE organization_id = $1 AND sequence > $2`, [organizationId, after]);
      }
    };
    const verify = (organizationId: string, receipt: string) =>
      api.app.get(VerifyChains).organization(organizationId, [parseExpectedHead(receipt)]);
    /** Two batches, so that a checkpoint stands in the middle. */
    const cutChain = async () => {
      const organizationId = await log.chain(5);
      await log.append(organizationId, 5);
      const receipt = await receiptOf(organizationId);
      await cut(organizationId, 5);
      return { organizationId, receipt };
    };

    it('proves itself, and no longer what was receipted', async () => {
      const { organizationId, receipt } = await cutChain();
      expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, entries: 5 });
      const report = await verify(organizationId, receipt);
      expect(report).toMatchObject({ isIntact: false, receipt: null, problem: { kind: 'removed', sequence: 6 } });
      expect((await verify(organizationId, `${organizationId}:10`)).problem).toEqual({ kind: 'removed', sequence: 6 });
    });

    it('and grown again to the same length is another one', async () => {
      const { organizationId, receipt } = await cutChain();
      await log.append(organizationId, 7);
      expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, entries: 12 });
      expect((await verify(organizationId, receipt)).problem).toEqual({ kind: 'rewritten', sequence: 10 });
    });

    it('to nothing is missed as well', async () => {
      const { organizationId, receipt } = await cutChain();
      await cut(organizationId, 0);
      const reports = await api.app.get(VerifyChains).all([parseExpectedHead(receipt)]);
      const report = reports.find((one) => one.organizationId === organizationId);
      expect(report?.problem).toEqual({ kind: 'removed', sequence: 1 });
    });

    it('is told from a receipt that somebody made up', async () => {
      const organizationId = await log.chain(3);
      const receipt = await receiptOf(organizationId);
      expect((await verify(organizationId, receipt)).isIntact).toBe(true);
      const forged = receipt.replace(/[0-9a-f]{64}$/, '0'.repeat(64));
      expect((await verify(organizationId, forged)).problem).toEqual({ kind: 'forged_checkpoint', sequence: 3 });
    });

    it('keeps its receipts across growth and archives', async () => {
      const organizationId = await log.chain(4);
      const receipt = await receiptOf(organizationId);
      await log.append(organizationId, 3);
      expect((await verify(organizationId, receipt)).isIntact).toBe(true);
      const elsewhere = await TestApi.start();
      const other = new Tampering(elsewhere);
      const chain = await other.chain(4);
      const kept = (await other.verify(chain)).receipt ?? 'none';
      await elsewhere.app.get(ArchiveEntries).execute(new Date(Date.now() + DAY_MS));
      await other.append(chain, 2);
      const report = await elsewhere.app.get(VerifyChains).organization(chain, [parseExpectedHead(kept)]);
      expect(report).toMatchObject({ isIntact: true, archived: 4 });
      await elsewhere.close();
    });

    it('is found over HTTP and by the operator command', async () => {
      const admin: TestUser = await api.createUser('admin');
      const ask = (expect: string) => api.http(admin).get('/admin/audit-logs/verify').query({ expect });
      const verified = await api.http(admin).get('/admin/audit-logs/verify').expect(200);
      const [{ receipt, head }] = (verified.body as { chains: [{ receipt: string; head: { sequence: number } }] })
        .chains;
      expect(((await ask(receipt).expect(200)).body as { isIntact: boolean }).isIntact).toBe(true);
      const future = `${admin.organizationId}:${head.sequence + 1_000}`;
      const missing = await ask(future).expect(200);
      expect(missing.body).toMatchObject({
        isIntact: false,
        chains: [{ problem: { kind: 'removed' }, receipt: null }],
      });
      await ask(`${randomUUID()}:1`).expect(404);
      const unreadable = await ask('yesterday').expect(400);
      expect((unreadable.body as { code: string }).code).toBe('audit.invalid_expected_head');

      const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
      const errors = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const run = (...args: string[]) =>
        COMMANDS.find(({ name }) => name === 'audit')?.run(['verify', ...args], api.env);
      expect(await run('--expect', future)).toBe(1);
      expect(printed.mock.calls.join()).toContain('removed');
      expect(await run('--expect', 'yesterday')).toBe(2);
      printed.mockRestore();
      errors.mockRestore();
    });
  });

  describe('with a retention', () => {
    let kept: TestApi;
    let entries: Tampering;
    beforeAll(async () => {
      kept = await TestApi.start({ AUDIT_RETENTION_DAYS: '365' });
      entries = new Tampering(kept);
    });
    afterAll(() => kept.close());

    const writtenDaysAgo = async (days: number, organizationId: string, count: number): Promise<void> => {
      const clock = jest.spyOn(kept.app.get(Clock), 'now').mockReturnValue(new Date(Date.now() - days * DAY_MS));
      await entries.append(organizationId, count).finally(() => clock.mockRestore());
      await entries.verify(organizationId);
    };
    const run = () => kept.app.get(ArchiveSchedule).run();

    it('archives by itself what is older, when a month of it has gathered, and once', async () => {
      const organizationId = randomUUID();
      await writtenDaysAgo(390, organizationId, 3);
      expect(await run()).toEqual([]);
      const older = randomUUID();
      await writtenDaysAgo(400, older, 2);
      await writtenDaysAgo(100, older, 4);
      const archived = await run();
      expect(archived.map(({ organizationId: id, entries: count }) => [id, count]).toSorted()).toEqual(
        [[organizationId, 3] as const, [older, 2] as const].toSorted(),
      );
      for (const { file } of archived) {
        expect(await kept.app.get(VerifyArchive).execute(file)).toMatchObject({ isIntact: true });
      }
      expect(await entries.verify(older)).toMatchObject({ isIntact: true, archived: 2, entries: 5 });
      expect(await run()).toEqual([]);
    });

    it('archives nothing when there is none', async () => {
      const clock = jest.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date('2001-01-01'));
      const organizationId = await log.chain(2).finally(() => clock.mockRestore());
      expect(await api.app.get(ArchiveSchedule).run()).toEqual([]);
      expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, archived: 0, entries: 2 });
    });
  });
});
