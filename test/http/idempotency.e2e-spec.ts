import request from 'supertest';

import type { Problem } from '#libs/http';

import { startToyApi, type ToyApi } from './toy-api';

describe('Idempotency-Key', () => {
  let api: ToyApi;
  beforeEach(async () => {
    api = await startToyApi();
  });
  afterEach(() => api.app.close());
  const make = (key: string | undefined, body: object, user = 'me', path = '/toys') => {
    const sent = request(`${api.url}/api/v1`).post(path).set('Authorization', `Bearer user:${user}`);
    return (key === undefined ? sent : sent.set('Idempotency-Key', key)).send(body);
  };

  it('gives the first answer again, whatever the order of the fields', async () => {
    const first = await make('k1', { name: 'train', size: 1 }).expect(201);
    const again = await make('k1', { size: 1, name: 'train' }).expect(201);
    expect(again.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(api.toys.made).toBe(1);
  });

  it('refuses the key for another body', async () => {
    await make('k1', { name: 'train' });
    const response = await make('k1', { name: 'boat' }).expect(422);
    expect((response.body as Problem).code).toBe('idempotency.key_reused');
  });

  it('belongs to one caller', async () => {
    await make('k1', { name: 'train' }, 'me');
    await make('k1', { name: 'boat' }, 'you').expect(201);
    expect(api.toys.made).toBe(2);
  });

  it('runs once when ten requests arrive together', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => make('k1', { name: 'train' })));
    expect(api.toys.made).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      answers.some(({ status }) => status === 409) ? new Set([201, 409]) : new Set([201]),
    );
  });

  it('frees the key when the attempt fails', async () => {
    await make('k1', { name: 'broken' }).expect(429);
    const again = await make('k1', { name: 'broken' }).expect(201);
    expect(again.body).toEqual({ number: 2, name: 'broken' });
    expect(again.headers['idempotency-replayed']).toBeUndefined();
  });

  it('does nothing without the header', async () => {
    await make(undefined, { name: 'train' });
    await make(undefined, { name: 'train' });
    expect(api.toys.made).toBe(2);
  });

  it('forgets what must be shown once', async () => {
    expect((await make('k1', {}, 'me', '/toys/secret')).body).toEqual({ id: 1, secret: 'shown once' });
    expect((await make('k1', {}, 'me', '/toys/secret')).body).toEqual({ id: 1 });
  });

  it.each([
    ['empty', ''],
    ['a space', 'a b'],
    ['too long', 'a'.repeat(256)],
    ['not ASCII', 'clé'],
  ])('refuses a key that is %s', async (_, key) => {
    const response = await make(Buffer.from(key, 'utf8').toString('latin1'), { name: 'train' }).expect(400);
    expect((response.body as Problem).code).toBe('idempotency.key_invalid');
    expect(api.toys.made).toBe(0);
  });

  it.each(["'; DROP TABLE idempotency_key;--".replaceAll(' ', ''), '__proto__', '{{7*7}}', '../../etc/passwd'])(
    'treats %s as any other key',
    async (key) => {
      await make(key, { name: 'train' }).expect(201);
      expect((await make(key, { name: 'train' })).headers['idempotency-replayed']).toBe('true');
    },
  );
});
