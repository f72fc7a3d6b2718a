import { randomUUID } from 'node:crypto';

import { AuditTrail, PLATFORM_ORGANIZATION_ID } from '#libs/audit';
import { UnitOfWork } from '#libs/database';
import { TestApi } from '#test/support/api';

import { Tampering } from './support/tampering';

const LENGTH = 30;
const MANY = 10_000;
const WRITERS = 500;

describe('The chain of an organization', () => {
  let api: TestApi;
  let attacker: Tampering;

  beforeAll(async () => {
    api = await TestApi.start();
    attacker = new Tampering(api);
  });
  afterAll(() => api.close());

  const problemAfter = async (
    sql: string,
    parameters: (organizationId: string) => readonly unknown[] = (id) => [id],
  ) => {
    const organizationId = await attacker.chain(LENGTH);
    await attacker.past(sql, parameters(organizationId));
    return (await attacker.verify(organizationId)).problem;
  };

  it('is intact when nobody touched it, from the first entry to the last', async () => {
    const organizationId = await attacker.chain(LENGTH);
    expect(await attacker.verify(organizationId)).toEqual({
      organizationId,
      isIntact: true,
      entries: LENGTH,
      archived: 0,
      start: { sequence: 0, hash: Buffer.alloc(32) },
      head: { sequence: LENGTH, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      receipt: expect.stringMatching(new RegExp(`^${organizationId}:${LENGTH}:[0-9a-f]{64}:`)) as string,
      problem: null,
    });
  });

  it('verifies ten thousand entries', async () => {
    const organizationId = await attacker.chain(MANY);
    const started = performance.now();
    const report = await attacker.verify(organizationId);
    console.log(`${MANY} entries verified in ${((performance.now() - started) / 1000).toFixed(2)} s`);
    expect(report).toMatchObject({ isIntact: true, entries: MANY });
  });

  describe('names the first bad entry', () => {
    it.each([
      ['after', `after = '{"name":"other"}'`],
      ['the actor', `actor_id = gen_random_uuid()`],
      ['the outcome', `outcome = 'refused'`],
      ['the time by a millisecond', `created_at = created_at + interval '1 millisecond'`],
      ['white space in a text', `before = (before::text || ' ')::json`],
      ['what was empty', `address = ''`],
    ])('when somebody altered %s', async (_, change) => {
      const problem = await problemAfter(`UPDATE audit_log SET ${change} WHERE organization_id = $1 AND sequence = 17`);
      expect(problem).toMatchObject({ kind: 'altered', sequence: 17 });
    });

    it('when an entry was removed', async () => {
      const problem = await problemAfter(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence = 17`);
      expect(problem).toEqual({ kind: 'removed', sequence: 17 });
    });

    it('when the first one was removed', async () => {
      const problem = await problemAfter(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence = 1`);
      expect(problem).toEqual({ kind: 'removed', sequence: 1 });
    });

    it('when one was removed and the others moved up', async () => {
      const organizationId = await attacker.chain(LENGTH);
      const sequel = 'WHERE organization_id = $1 AND sequence > 17';
      await attacker.past(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence = 17`, [organizationId]);
      await attacker.past(`UPDATE audit_log SET sequence = sequence + 1000 ${sequel}`, [organizationId]);
      await attacker.past(`UPDATE audit_log SET sequence = sequence - 1001 ${sequel}`, [organizationId]);
      expect((await attacker.verify(organizationId)).problem).toMatchObject({ kind: 'reordered', sequence: 17 });
    });

    it('when the tail was removed', async () => {
      const problem = await problemAfter(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence > 25`);
      expect(problem).toEqual({ kind: 'removed', sequence: 26 });
    });

    it('when the tail was removed and new entries followed', async () => {
      const organizationId = await attacker.chain(LENGTH);
      await attacker.past(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence > 25`, [organizationId]);
      await attacker.append(organizationId, 3);
      expect((await attacker.verify(organizationId)).problem).toEqual({ kind: 'removed', sequence: 26 });
    });

    it('when all entries were removed', async () => {
      const problem = await problemAfter(`DELETE FROM audit_log WHERE organization_id = $1`);
      expect(problem).toEqual({ kind: 'removed', sequence: 1 });
    });

    it('when two entries changed places', async () => {
      const organizationId = await attacker.chain(LENGTH);
      const move = (from: number, to: number) =>
        attacker.past(`UPDATE audit_log SET sequence = $3 WHERE organization_id = $1 AND sequence = $2`, [
          organizationId,
          from,
          to,
        ]);
      await move(10, 1000);
      await move(20, 10);
      await move(1000, 20);
      expect((await attacker.verify(organizationId)).problem).toMatchObject({ kind: 'reordered', sequence: 10 });
    });

    it('when an entry was taken out of the chain to be sealed anew at its end', async () => {
      const problem = await problemAfter(
        `UPDATE audit_log SET sequence = NULL, previous_hash = NULL, hash = NULL, sealed_at = NULL
          WHERE organization_id = $1 AND sequence = 17`,
      );
      expect(problem).toEqual({ kind: 'removed', sequence: 17 });
    });

    it('when an entry comes from the chain of somebody else', async () => {
      const other = await attacker.chain(LENGTH);
      const problem = await problemAfter(
        `WITH gone AS (DELETE FROM audit_log WHERE organization_id = $1 AND sequence = 30)
         UPDATE audit_log SET organization_id = $1, sequence = 31 WHERE organization_id = $2 AND sequence = 30`,
        (id) => [id, other],
      );
      expect(problem).toEqual({ kind: 'removed', sequence: 30 });
    });

    it('when somebody wrote the chain anew, hashes and all, without the key', async () => {
      const problem = await problemAfter(
        `UPDATE audit_log SET hash = decode(repeat('ab', 32), 'hex') WHERE organization_id = $1 AND sequence = 30`,
      );
      expect(problem).toMatchObject({ kind: 'altered', sequence: 30 });
      const forged = await problemAfter(
        `UPDATE audit_checkpoint SET hash = decode(repeat('ab', 32), 'hex') WHERE organization_id = $1`,
      );
      expect(forged).toMatchObject({ kind: 'forged_checkpoint', sequence: 30 });
    });

    it('when the signatures were removed, or come from another key', async () => {
      expect(await problemAfter(`DELETE FROM audit_checkpoint WHERE organization_id = $1`)).toEqual({
        kind: 'unsigned',
        sequence: 1,
      });
      expect(
        await problemAfter(`UPDATE audit_checkpoint SET key_id = 'other' WHERE organization_id = $1`),
      ).toMatchObject({ kind: 'unknown_key', sequence: 30 });
    });

    it('when an archive is made up to take entries away', async () => {
      const organizationId = await attacker.chain(LENGTH);
      await attacker.sql(
        `INSERT INTO audit_archive SELECT organization_id, 1, 10, hash, 'none', hash, now(), key_id, signature
           FROM audit_checkpoint WHERE organization_id = $1`,
        [organizationId],
      );
      await attacker.sql(`DELETE FROM audit_log WHERE organization_id = $1 AND sequence <= 10`, [organizationId]);
      expect((await attacker.verify(organizationId)).problem).toEqual({ kind: 'forged_checkpoint', sequence: 10 });
    });
  });

  it('stays whole under many writers at once, while it is being sealed', async () => {
    const organizationId = randomUUID();
    const uow = api.app.get(UnitOfWork);
    const trail = api.app.get(AuditTrail);
    const write = (number: number) =>
      uow.run(() =>
        trail.record({
          action: 'toy.created',
          resource: 'toy',
          outcome: 'succeeded',
          organizationId,
          details: { number },
        }),
      );
    const writers = Array.from({ length: WRITERS }, (_, number) => write(number));
    const meanwhile = [1, 2, 3].map(() => attacker.verify(organizationId));
    await Promise.all([...writers, ...meanwhile]);
    expect((await Promise.all(meanwhile)).every(({ isIntact }) => isIntact)).toBe(true);
    expect(await attacker.verify(organizationId)).toMatchObject({ isIntact: true, entries: WRITERS });
  });

  it('is sealed without anybody asking', async () => {
    const organizationId = randomUUID();
    await attacker.append(organizationId, 3);
    const unsealed = async () => {
      const [row] = await attacker.sql<{ count: string }>(
        `SELECT count(*) FROM audit_log WHERE organization_id = $1 AND sequence IS NULL`,
        [organizationId],
      );
      return Number(row?.count);
    };
    for (let look = 0; look < 100 && (await unsealed()) > 0; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await unsealed()).toBe(0);
  });

  it('has no entry of what was rolled back, and takes none outside of a transaction', async () => {
    const organizationId = randomUUID();
    const undone = api.app.get(UnitOfWork).run(async () => {
      await attacker.append(organizationId, 2);
      throw new Error('the change failed');
    });
    await expect(undone).rejects.toThrow('the change failed');
    expect(await attacker.verify(organizationId)).toMatchObject({ isIntact: true, entries: 0 });
    const entry = { action: 'toy.made', resource: 'toy', outcome: 'succeeded' as const };
    await expect(api.app.get(AuditTrail).record(entry)).rejects.toThrow('inside UnitOfWork.run');
  });

  it('of the platform holds what belongs to no organization', async () => {
    await api.app
      .get(UnitOfWork)
      .run(() => api.app.get(AuditTrail).record({ action: 'toy.made', resource: 'toy', outcome: 'succeeded' }));
    const [row] = await attacker.sql<{ organizationId: string; requestId: string }>(
      `SELECT organization_id AS "organizationId", request_id AS "requestId" FROM audit_log WHERE action = 'toy.made'`,
    );
    expect(row).toEqual({ organizationId: PLATFORM_ORGANIZATION_ID, requestId: 'background' });
  });
});
