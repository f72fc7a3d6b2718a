import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';

import { ArchiveEntries, VerifyArchive } from '#libs/audit';
import { TestApi } from '#test/support/api';

import { Tampering } from './support/tampering';

const TOMORROW = new Date(Date.now() + 86_400_000);

describe('An archive of the audit log', () => {
  let api: TestApi;
  let log: Tampering;

  beforeEach(async () => {
    api = await TestApi.start();
    log = new Tampering(api);
  });
  afterEach(() => api.close());

  const archive = async (organizationId: string, before = TOMORROW): Promise<string> => {
    const archived = await api.app.get(ArchiveEntries).execute(before);
    return archived.find((part) => part.organizationId === organizationId)?.file ?? 'none';
  };
  const verifyFile = (file: string) => api.app.get(VerifyArchive).execute(file);

  it('takes old entries, proves itself without the database, and the chain goes on after it', async () => {
    const organizationId = await log.chain(30);
    const file = await archive(organizationId);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await verifyFile(file)).toEqual({ organizationId, isIntact: true, entries: 30, problem: null });
    // What says that the others were archived is the first entry after them.
    expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, archived: 30, entries: 1 });
    await log.append(organizationId, 4);
    expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, archived: 30, entries: 5 });
    const second = await archive(organizationId);
    expect(await verifyFile(second)).toMatchObject({ isIntact: true, entries: 5 });
    expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, archived: 35, entries: 1 });
  });

  it('leaves what is younger', async () => {
    const organizationId = await log.chain(5);
    expect(await archive(organizationId, new Date('2020-01-01'))).toBe('none');
    expect(await log.verify(organizationId)).toMatchObject({ isIntact: true, archived: 0, entries: 5 });
  });

  it('shows what somebody did to the file', async () => {
    const organizationId = await log.chain(10);
    const file = await archive(organizationId);
    const text = await readFile(file, 'utf8');
    const lines = text.trimEnd().split('\n');
    const problemOf = async (changed: string) => {
      const copy = `${file}.copy`;
      await writeFile(copy, changed);
      return (await verifyFile(copy)).problem;
    };
    const without = (index: number) => `${lines.filter((_, at) => at !== index).join('\n')}\n`;

    expect(await problemOf(text.replace('toy-5', 'toy-6'))).toMatchObject({ kind: 'altered', sequence: 5 });
    expect(await problemOf(without(5))).toEqual({ kind: 'removed', sequence: 5 });
    expect(await problemOf(without(10))).toEqual({ kind: 'removed', sequence: 10 });
    expect(await problemOf(without(11))).toMatchObject({ kind: 'removed' });
    expect(await problemOf(text.replace(/"signature":"../, '"signature":"00'))).toMatchObject({
      kind: 'forged_checkpoint',
    });
  });

  it('is not made of a log that somebody changed', async () => {
    const organizationId = await log.chain(10);
    await log.past(`UPDATE audit_log SET outcome = 'refused' WHERE organization_id = $1 AND sequence = 7`, [
      organizationId,
    ]);
    await expect(api.app.get(ArchiveEntries).execute(TOMORROW)).rejects.toMatchObject({
      code: 'audit.broken_chain',
      details: { organizationId, sequence: 7, problem: 'altered' },
    });
    expect(await log.verify(organizationId)).toMatchObject({ archived: 0 });
  });

  it('of nothing is none', async () => {
    expect(await archive(randomUUID())).toBe('none');
  });
});
