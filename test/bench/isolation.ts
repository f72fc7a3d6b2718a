import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

import { dataSourceOptions, OrganizationScope, UnitOfWork } from '#libs/database';

import { readableCollection } from '../../libs/ingestion/src/collection/access-rule';
import { inTurn, median, milliseconds } from './measure';
import type { Row, Section } from './report';

const RUNS = 1_000;
const COLLECTIONS = 20;
const DOCUMENTS = 1_000;
const CHUNKS_EACH = 20;
const PASSAGES = 30;

const LISTED = {
  name: 'bench-collections',
  sql: `SELECT c.id FROM collection c WHERE ${readableCollection('c', '$1::uuid', '$2::uuid')} ORDER BY c.name, c.id`,
};
const JOINED = {
  name: 'bench-passages',
  sql: `SELECT k.id, k.text FROM unnest($3::uuid[]) AS wanted (id) JOIN chunk k ON k.id = wanted.id
          JOIN document d ON d.id = k.document_id AND d.generation = k.generation AND d.deleted_at IS NULL
          JOIN collection c ON c.id = d.collection_id
         WHERE ${readableCollection('c', '$1::uuid', '$2::uuid')}`,
};
const ONE = { name: 'bench-one', sql: `SELECT u.role, u.locale FROM app_user u WHERE u.id = $1` };

interface Company {
  readonly organizationId: string;
  readonly userId: string;
  readonly chunkIds: readonly string[];
}

/** Rows as a company of some size has them. */
const populate = async (owner: UnitOfWork): Promise<Company> => {
  const [organizationId, userId] = [randomUUID(), randomUUID()];
  await owner.query(`INSERT INTO organization (id, organization_id, name) VALUES ($1, $1, 'Mesure')`, [organizationId]);
  await owner.query(
    `INSERT INTO app_user (id, organization_id, email, display_name, password_hash, role)
     VALUES ($1, $2, $3, 'Mesure', '-', 'user')`,
    [userId, organizationId, `${userId}@exemple.fr`],
  );
  await owner.query(
    `INSERT INTO collection (id, organization_id, owner_id, name, visibility, embedding_model, embedding_dimension)
     SELECT gen_random_uuid(), $1, $2, 'Collection ' || n, 'organization', 'none', 1 FROM generate_series(1, $3::integer) n`,
    [organizationId, userId, COLLECTIONS],
  );
  await owner.query(
    `INSERT INTO document (id, organization_id, collection_id, filename, title, media_type, size_bytes, content_hash,
                           storage_key, status, generation)
     SELECT gen_random_uuid(), $1, (SELECT id FROM collection c WHERE c.organization_id = $1 ORDER BY c.id OFFSET n % $2 LIMIT 1),
            'f', 'f', 'text/plain', 1, gen_random_uuid()::text, 'f', 'ready', 1 FROM generate_series(1, $3::integer) n`,
    [organizationId, COLLECTIONS, DOCUMENTS],
  );
  await owner.query(
    `INSERT INTO chunk (id, organization_id, document_id, collection_id, generation, ordinal, start_offset, end_offset,
                        text, token_count, language)
     SELECT gen_random_uuid(), $1, d.id, d.collection_id, 1, n, 0, 1, repeat('mot ', 200), 200, 'fr'
       FROM document d, generate_series(0, $2::integer - 1) n WHERE d.organization_id = $1`,
    [organizationId, CHUNKS_EACH],
  );
  const chunks = await owner.query<{ id: string }>(`SELECT id FROM chunk WHERE organization_id = $1 LIMIT $2`, [
    organizationId,
    PASSAGES,
  ]);
  return { organizationId, userId, chunkIds: chunks.map(({ id }) => id) };
};

const open = async (url: string, scopes?: OrganizationScope): Promise<[DataSource, UnitOfWork]> => {
  const dataSource = await new DataSource(dataSourceOptions(url, 4, scopes)).initialize();
  return [dataSource, new UnitOfWork(dataSource, scopes)];
};

type Ask = (uow: UnitOfWork, company: Company) => Promise<unknown>;

/** Statements as the product sends them, bound to an organization, against the same as the owner of the tables. */
export const measureIsolation = async (url: string): Promise<Section> => {
  const [owned, owner] = await open(url);
  const [bound, product] = await open(url, new OrganizationScope());
  const companies = [await populate(owner), await populate(owner)];
  await owner.query('VACUUM ANALYZE');
  const within = (ask: Ask, company: Company) =>
    product.asOrganization(company.organizationId, () => ask(product, company));
  const row = async (name: string, ask: Ask, spread: number): Promise<Row> => {
    const company = (run: number): Company => companies[run % spread]!;
    const pair = await inTurn(
      RUNS,
      (run) => within(ask, company(run)),
      (run) => ask(owner, company(run)),
    );
    const [ours, baseline] = [median(pair.ours), median(pair.baseline)];
    return { name, ours: milliseconds(ours), baseline: milliseconds(baseline), ratio: ours / baseline };
  };
  const one: Ask = (uow, { userId }) => uow.queryPrepared(ONE, [userId]);
  const listed: Ask = (uow, { organizationId, userId }) => uow.queryPrepared(LISTED, [organizationId, userId]);
  const joined: Ask = (uow, { organizationId, userId, chunkIds }) =>
    uow.queryPrepared(JOINED, [organizationId, userId, chunkIds]);
  const change: Ask = (uow, { userId }) =>
    uow.run(() => uow.query(`UPDATE app_user SET updated_at = now() WHERE id = $1`, [userId]));
  const rows = [
    await row('one row by its key', one, 1),
    await row(`${COLLECTIONS} collections a user may read`, listed, 1),
    await row(`final join of ${PASSAGES} passages among ${DOCUMENTS * CHUNKS_EACH}`, joined, 1),
    await row('a change in a transaction', change, 1),
    await row('the final join, organizations taking turns on a connection', joined, 2),
  ];
  await owned.destroy();
  await bound.destroy();
  return {
    title: 'Row-level security (ours: as the product, baseline: as the owner of the tables, without it)',
    rows,
    notes: ['The last row pays a round trip each time, because every statement is of another organization.'],
  };
};
