import type { UnitOfWork } from '#libs/database';
import { SystemClock } from '#libs/kernel';

import { NonceReusedError, TooManyNoncesError } from './signing.errors';
import { UsedNonces } from './used-nonces';

/** Answers each statement with the next of the given row counts. */
const databaseThatAnswers = (...rowCounts: number[]) => {
  const statements: string[] = [];
  const query = (sql: string): Promise<object[]> => {
    statements.push(sql.trim().split(' ', 1)[0] ?? '');
    return Promise.resolve(Array.from({ length: rowCounts.shift() ?? 0 }, () => ({})));
  };
  return { uow: { query } as unknown as UnitOfWork, statements };
};

const noncesOn = ({ uow }: { uow: UnitOfWork }): UsedNonces => new UsedNonces(uow, new SystemClock());
const claim = (nonces: UsedNonces): Promise<void> => nonces.claim('key', 'nonce-nonce-nonce', new Date());

describe('Used nonces', () => {
  it('are taken by one statement', async () => {
    const database = databaseThatAnswers(1);
    await claim(noncesOn(database));
    expect(database.statements).toEqual(['INSERT']);
  });

  it('tell a replay from a table that is full', async () => {
    await expect(claim(noncesOn(databaseThatAnswers(0, 1)))).rejects.toBeInstanceOf(NonceReusedError);
    await expect(claim(noncesOn(databaseThatAnswers(0, 0)))).rejects.toBeInstanceOf(TooManyNoncesError);
  });

  it('are forgotten when their time is over', async () => {
    const database = databaseThatAnswers(3);
    expect(await noncesOn(database).purge()).toBe(3);
    expect(database.statements).toEqual(['DELETE']);
  });
});
