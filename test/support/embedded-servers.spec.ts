import { Client } from 'pg';

import { chromaUrl, createTestDatabase } from './embedded-servers';

const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('the servers of the tests', () => {
  it('give every caller a migrated database of its own', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(one.url, 'CREATE TABLE mine (id int)');

    const tables = await query(
      other.url,
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    expect(tables.map((row) => row.table_name)).toContain('organization');
    expect(tables.map((row) => row.table_name)).not.toContain('mine');

    await Promise.all([one.drop(), other.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('connect as a role without special rights, as in production', async () => {
    const database = await createTestDatabase();
    const rows = await query(
      database.url,
      'SELECT current_user AS name, rolsuper FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([{ name: 'myia', rolsuper: false }]);
    await database.drop();
  });

  it('share one real Chroma', async () => {
    const urls = await Promise.all([chromaUrl(), chromaUrl()]);
    expect(new Set(urls).size).toBe(1);
    expect((await fetch(`${urls[0]}/api/v2/heartbeat`)).status).toBe(200);
  });
});
