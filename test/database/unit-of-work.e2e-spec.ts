import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

import { dataSourceOptions, UnitOfWork } from '#libs/database';

import { createTestDatabase, type TestDatabase } from '../support/embedded-servers';

const NAME_OF = { name: 'name-of', sql: 'SELECT name FROM organization WHERE id = $1' };

describe('A prepared statement', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let uow: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    uow = new UnitOfWork(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const insert = (id: string) =>
    uow.query('INSERT INTO organization (id, organization_id, name) VALUES ($1, $1, $2)', [id, 'Atelier']);
  const nameOf = (id: string) => uow.queryPrepared<{ name: string }>(NAME_OF, [id]);

  it('reads inside the transaction in progress, and outside of it only what is committed', async () => {
    const id = randomUUID();
    await uow.run(async () => {
      await insert(id);
      expect(await nameOf(id)).toEqual([{ name: 'Atelier' }]);
      expect(await new UnitOfWork(dataSource).queryPrepared(NAME_OF, [id])).toEqual([]);
    });
    expect(await nameOf(id)).toEqual([{ name: 'Atelier' }]);
  });

  it('gives its connection back, also after a failure', async () => {
    const broken = { name: 'broken', sql: 'SELECT 1 / $1::integer AS quotient' };
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(uow.queryPrepared(broken, [0])).rejects.toThrow('division by zero');
    }
    const all = Array.from({ length: 8 }, (_, divisor) => uow.queryPrepared(broken, [divisor + 1]));
    expect(await Promise.all(all)).toHaveLength(8);
  });
});
