import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { UnitOfWork } from '#libs/database';
import { TestApi } from '#test/support/api';

import { Tampering } from './support/tampering';

const TABLES = ['audit_log', 'audit_checkpoint', 'audit_archive'] as const;
/** The organization comes as $1. */
const CHANGES = [
  `UPDATE audit_log SET action = 'other' WHERE organization_id = $1`,
  `UPDATE audit_log SET hash = previous_hash WHERE organization_id = $1`,
  `UPDATE audit_log SET sequence = sequence + 100 WHERE organization_id = $1`,
  `UPDATE audit_log SET proof = NULL, proof_key_id = NULL WHERE organization_id = $1`,
  `DELETE FROM audit_log WHERE organization_id = $1`,
  `UPDATE audit_checkpoint SET hash = signature WHERE organization_id = $1`,
  `DELETE FROM audit_checkpoint WHERE organization_id = $1`,
  `UPDATE audit_archive SET file_hash = last_hash WHERE organization_id = $1`,
  `DELETE FROM audit_archive WHERE organization_id = $1`,
];
const REFUSED = /append-only|permission denied/;

describe('Nobody who may write to the database may change the audit log:', () => {
  let api: TestApi;
  let uow: UnitOfWork;
  let log: Tampering;
  let organizationId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    uow = api.app.get(UnitOfWork);
    log = new Tampering(api);
    organizationId = await log.chain(3);
    // So that there is an archive to change, too; made up, which is why it is of another organization.
    await log.sql(
      `INSERT INTO audit_archive SELECT gen_random_uuid(), 1, 1, hash, 'none', hash, now(), key_id, signature
         FROM audit_checkpoint WHERE organization_id = $1`,
      [organizationId],
    );
  });
  afterAll(() => api.close());

  const anyArchive = async (): Promise<string> => {
    const [row] = await log.sql<{ id: string }>('SELECT organization_id AS id FROM audit_archive LIMIT 1');
    return row?.id ?? 'none';
  };
  const targetOf = (sql: string) => (sql.includes('audit_archive') ? anyArchive() : Promise.resolve(organizationId));

  describe('within an organization', () => {
    const within = (sql: string, id: string) => uow.asOrganization(id, () => uow.query(sql, [id]));

    it.each(CHANGES)('%s', async (sql) => {
      await expect(targetOf(sql).then((id) => within(sql, id))).rejects.toThrow(/permission denied/);
    });

    it.each(TABLES)('TRUNCATE %s', async (table) => {
      await expect(uow.asOrganization(organizationId, () => uow.query(`TRUNCATE ${table}`))).rejects.toThrow(
        /permission denied/,
      );
    });

    it.each(['audit_checkpoint', 'audit_archive'])('INSERT INTO %s', async (table) => {
      await expect(within(`INSERT INTO ${table} (organization_id) VALUES ($1)`, organizationId)).rejects.toThrow(
        /permission denied/,
      );
    });
  });

  describe('as the platform', () => {
    it.each(CHANGES)('%s', async (sql) => {
      const id = await targetOf(sql);
      await expect(uow.asPlatform(() => uow.query(sql, [id]))).rejects.toThrow(REFUSED);
    });

    it.each(TABLES)('TRUNCATE %s', async (table) => {
      await expect(uow.asPlatform(() => uow.query(`TRUNCATE ${table}`))).rejects.toThrow(/permission denied/);
    });
  });

  describe('as the owner of the tables, while the triggers are on', () => {
    let owner: Client;
    beforeAll(async () => {
      owner = new Client({ connectionString: String(api.env['DATABASE_URL']) });
      await owner.connect();
    });
    afterAll(() => owner.end());

    it.each(CHANGES)('%s', async (sql) => {
      await expect(owner.query(sql, [await targetOf(sql)])).rejects.toThrow('append-only');
    });

    it.each(TABLES)('TRUNCATE %s', async (table) => {
      await expect(owner.query(`TRUNCATE ${table}`)).rejects.toThrow('append-only');
    });
  });

  it('an entry that is not yet sealed is no exception', async () => {
    const young = randomUUID();
    for (const change of [`outcome = 'refused'`, `proof = '\\x00'`, `before = '{}'`]) {
      const attempt = uow.run(async () => {
        await log.append(young, 1);
        await log.sql(`UPDATE audit_log SET ${change} WHERE organization_id = $1`, [young]);
      });
      await expect(attempt).rejects.toThrow(REFUSED);
    }
  });

  it('an entry takes its place from the sealer and brings none', async () => {
    const insert = `
      INSERT INTO audit_log (id, organization_id, created_at, action, resource, outcome, request_id, sequence,
                             previous_hash, hash, sealed_at)
      SELECT gen_random_uuid(), organization_id, now(), 'forged', 'toy', 'succeeded', 'x', 4, hash, hash, now()
        FROM audit_log WHERE organization_id = $1 AND sequence = 3`;
    await expect(uow.asPlatform(() => uow.query(insert, [organizationId]))).rejects.toThrow(/permission denied/);
    await expect(uow.asOrganization(organizationId, () => uow.query(insert, [organizationId]))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('and the chain is as it was', async () => {
    expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, entries: 3 });
  });
});
