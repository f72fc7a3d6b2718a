import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

import { Client } from 'pg';

import { BROKER_VARIABLE } from './embedded-broker-variable';

const TEMPLATE = 'myia_template';
const OWNER = 'myia';

export interface TestDatabase {
  /** Connection URL of the role the product uses, which owns the database. */
  readonly url: string;
  /** Ends what is still connected and removes the database. */
  drop(): Promise<void>;
}

interface Postgres {
  readonly url: string;
  readonly administratorUrl: string;
}

let template: Promise<void> | undefined;

/** A migrated, empty database for the caller alone. The first call of a run starts PostgreSQL and migrates a template. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const postgres = (await ask('/postgres')) as Postgres;
  template ??= prepareTemplate(postgres);
  await template;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(postgres, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${OWNER}`);
  return {
    url: inDatabase(postgres.url, name),
    drop: () => asAdministrator(postgres, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
};

/** Base URL of the real Chroma server of this run, started by the first call; shared, so name collections apart. */
export const chromaUrl = async (): Promise<string> => (await ask('/chroma')) as string;

/** One worker migrates, from the sources under test; the others wait for it. */
const prepareTemplate = async (postgres: Postgres): Promise<void> => {
  if (!(await ask('/template/turn'))) return;
  try {
    await asAdministrator(postgres, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await asAdministrator(postgres, `CREATE DATABASE ${TEMPLATE} OWNER ${OWNER}`);
    const { runMigrations } = await import('#libs/database');
    await runMigrations(inDatabase(postgres.url, TEMPLATE));
    await ask('/template/ready');
  } catch (error) {
    await ask('/template/failed');
    throw error;
  }
};

const inDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const asAdministrator = async ({ administratorUrl }: Postgres, statement: string): Promise<void> => {
  const client = new Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const ask = async (path: string): Promise<unknown> => {
  const socketPath = process.env[BROKER_VARIABLE];
  if (!socketPath) throw new Error('The servers of the tests belong to Jest: run the tests with npm test.');
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.once('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(text));
      });
    });
    asked.once('error', reject).end();
  });
};
