import type { UnitOfWork } from '#libs/database';

/** Rows held in memory at a time. */
const BATCH = 200;

/**
 * Rows of a user, a batch at a time.
 * @param sql selects `id` and whatever else `WHERE` user `= $1 AND id > $2 ORDER BY id LIMIT $3`
 */
export async function* rowsOf(uow: UnitOfWork, sql: string, userId: string): AsyncGenerator<object> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await uow.query<{ id: string }>(sql, [userId, after, BATCH]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}
