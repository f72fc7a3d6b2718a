import { randomUUID } from 'node:crypto';

import { DataSource } from 'typeorm';

import { dataSourceOptions, UnitOfWork } from '#libs/database';
import { InMemoryIdempotencyStore, PostgresIdempotencyStore, type IdempotencyStore } from '#libs/http';
import { Clock, RandomIds } from '#libs/kernel';

import { createTestDatabase, type TestDatabase } from '../support/embedded-servers';

const MINUTE = 60_000;

class SettableClock extends Clock {
  time = Date.parse('2026-01-01T00:00:00Z');
  override now(): Date {
    return new Date(this.time);
  }
}

interface Subject {
  readonly store: IdempotencyStore;
  readonly userId: string;
  readonly organizationId: string;
}

describe.each(['memory', 'postgres'])('The %s idempotency store', (kind) => {
  const clock = new SettableClock();
  let subject: Subject;
  let database: TestDatabase | undefined;
  let dataSource: DataSource | undefined;

  beforeAll(async () => {
    const [userId, organizationId] = [randomUUID(), randomUUID()];
    subject = { store: new InMemoryIdempotencyStore(clock, new RandomIds()), userId, organizationId };
    if (kind === 'memory') return;
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url, 8)).initialize();
    await dataSource.query('INSERT INTO organization (id, organization_id, name) VALUES ($1, $1, $2)', [
      organizationId,
      'O',
    ]);
    await dataSource.query(
      `INSERT INTO app_user (id, organization_id, email, display_name, password_hash, role, locale, time_zone)
       VALUES ($1, $2, 'a@example.org', 'A', 'x', 'user', 'fr', 'Europe/Paris')`,
      [userId, organizationId],
    );
    subject = { ...subject, store: new PostgresIdempotencyStore(new UnitOfWork(dataSource), clock, new RandomIds()) };
  });

  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const reserve = async (key: string, requestHash = 'hash') => {
    const { store, ...owner } = subject;
    return await store.reserve({ ...owner, route: 'POST /toys', key, requestHash });
  };
  const reserved = async (key: string): Promise<string> => {
    const reservation = await reserve(key);
    if (!('id' in reservation)) throw new Error('The key is taken');
    return reservation.id;
  };

  it('lets exactly one of twenty at once reserve a key', async () => {
    const reservations = await Promise.all(Array.from({ length: 20 }, () => reserve('race')));
    expect(reservations.filter((reservation) => 'id' in reservation)).toHaveLength(1);
    expect(reservations.find((reservation) => 'earlier' in reservation)).toEqual({
      earlier: expect.objectContaining({ requestHash: 'hash' }) as object,
    });
  });

  it.each([[{ id: 1, list: ['é', null] }], ['a string'], [[1, 2]], [null], [undefined]])(
    'gives back the answer %j',
    async (body) => {
      const key = randomUUID();
      await subject.store.complete(await reserved(key), { status: 201, body });
      expect(await reserve(key, 'other')).toEqual({
        earlier: { requestHash: 'hash', answer: { status: 201, body: body ?? undefined } },
      });
    },
  );

  it('frees a key that failed, and never one that has an answer', async () => {
    const failed = await reserved('failed');
    await subject.store.release(failed);
    const done = await reserved('failed');
    await subject.store.complete(done, { status: 200, body: {} });
    await subject.store.release(failed);
    expect(await reserve('failed')).toHaveProperty('earlier');
  });

  it('takes over a request that has been silent for ten minutes, whose late answer then counts for nothing', async () => {
    const dead = await reserved('dead');
    clock.time += 9 * MINUTE;
    expect(await reserve('dead')).toHaveProperty('earlier');
    clock.time += 2 * MINUTE;
    const alive = await reserved('dead');
    await subject.store.complete(dead, { status: 200, body: 'late' });
    await subject.store.complete(alive, { status: 200, body: 'alive' });
    expect(await reserve('dead')).toMatchObject({ earlier: { answer: { body: 'alive' } } });
  });

  it('forgets the answers of one user about one thing, and no others', async () => {
    const bodies = { itself: { id: 'x' }, part: { id: 'y', parent: 'x' }, other: { id: 'z', text: 'of x' } };
    for (const [key, body] of Object.entries(bodies)) {
      await subject.store.complete(await reserved(key), { status: 200, body });
    }
    await subject.store.forget(randomUUID(), 'x');
    expect(await reserve('itself')).toHaveProperty('earlier');
    await subject.store.forget(subject.userId, 'x');
    for (const key of ['itself', 'part']) expect(await reserve(key)).toHaveProperty('id');
    expect(await reserve('other')).toHaveProperty('earlier');
  });

  it('forgets after 24 hours', async () => {
    await subject.store.complete(await reserved('old'), { status: 200, body: 1 });
    clock.time += 24 * 60 * MINUTE + 1;
    expect(await subject.store.purge()).toBeGreaterThan(0);
    expect(await reserve('old')).toHaveProperty('id');
  });
});
