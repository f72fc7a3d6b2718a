import { Client } from 'pg';

import { APPLICATION } from './create-cluster';

/** As in libs/database, `application-roles`: the launcher is compiled alone and knows no library. A test compares them. */
export const PRODUCT_ROLES = ['my_ia_app', 'my_ia_platform'] as const;

const ensure = (role: string): string => `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
  END $$;
  GRANT ${role} TO ${APPLICATION}`;

/**
 * The roles the product acts as, which row-level security binds. Its own role owns the tables and may become them, but may
 * not make roles. At each start, because older clusters were made without them.
 */
export const makeProductRoles = async (administratorUrl: string): Promise<void> => {
  const client = new Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    for (const role of PRODUCT_ROLES) await client.query(ensure(role));
  } finally {
    await client.end();
  }
};
