import { UnitOfWork } from '#libs/database';
import type { TestApi } from '#test/support/api';

/** What requests change by being made: the log, attempts and when a session was last used. */
const LIVING = new Set(['audit_log', 'audit_checkpoint', 'sign_in_throttle', 'session', 'api_key_nonce', 'oidc_flow']);

const TABLES = `SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`;

/** How many rows each table has and what they say, for comparing. */
export const contentsOf = async (api: TestApi): Promise<Record<string, string>> => {
  const uow = api.app.get(UnitOfWork);
  const contents: Record<string, string> = {};
  for (const { name } of await uow.query<{ name: string }>(TABLES)) {
    if (LIVING.has(name)) continue;
    const [found] = await uow.query<{ summary: string }>(
      `SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '-') AS summary FROM ${name} t`,
    );
    contents[name] = found?.summary ?? 'none';
  }
  return contents;
};
