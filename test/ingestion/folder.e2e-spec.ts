import { randomUUID } from 'node:crypto';
import promises, { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isConsistent, type FolderImport } from '#libs/ingestion';

import { LocalFileStore } from '../../libs/ingestion/src/upload/adapters/local-file-store';
import { FakeEmbeddingModel } from './support/fake-embedding-models';
import { World, type Process } from './support/pipeline';

describe('A folder', () => {
  let world: World;
  let process: Process;
  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(async () => {
    await world.clear(new FakeEmbeddingModel());
    process = world.process();
  });
  afterAll(() => world.close());

  let folder: string;
  beforeEach(async () => {
    folder = join(world.directory, randomUUID());
    await mkdir(join(folder, 'technical'), { recursive: true });
    await mkdir(join(folder, '.hidden'));
    await writeFile(join(folder, 'readme.md'), '# Bienvenue\n\nCeci est la documentation.');
    await writeFile(join(folder, 'technical', 'install.md'), '# Installation\n\nDeux commandes suffisent.');
    await writeFile(join(folder, '.hidden', 'secret.md'), 'Caché.');
    await writeFile(join(folder, 'program.exe'), 'MZ');
  });

  const importFolder = (more: Pick<FolderImport, 'accepts'> = {}) => {
    const { organizationId, owner } = world;
    const options = { collectionName: 'MY-IA documentation', visibility: 'organization', prune: true } as const;
    return process.folders.execute({ ...options, ...more, folder, ownerId: owner.id, organizationId });
  };

  it('is brought in once, and its changes replace what they change', async () => {
    const first = await importFolder();
    expect(first).toMatchObject({ added: 2, updated: 0, unchanged: 0, removed: 0, failures: [] });
    await process.runJobs();
    expect(await importFolder()).toEqual({ ...first, added: 0, unchanged: 2 });
    await writeFile(join(folder, 'readme.md'), '# Bienvenue\n\nTexte nouveau.');
    await rm(join(folder, 'technical', 'install.md'));
    expect(await importFolder()).toMatchObject({ added: 0, updated: 1, unchanged: 0, removed: 1 });
    await process.runJobs();
    const rows = await process.uow.query('SELECT filename, title, status FROM document');
    expect(rows).toEqual([{ filename: 'readme.md', title: 'Bienvenue', status: 'ready' }]);
    expect(isConsistent(await process.consistency.run())).toBe(true);
  });

  it('keeps both documents when two files swap their contents', async () => {
    await importFolder();
    await writeFile(join(folder, 'technical', 'install.md'), '# Bienvenue\n\nCeci est la documentation.');
    await writeFile(join(folder, 'readme.md'), '# Installation\n\nDeux commandes suffisent.');
    await importFolder();
    await process.runJobs();
    expect(await process.uow.query('SELECT id FROM document WHERE deleted_at IS NULL')).toHaveLength(2);
  });

  it('is taken in part where not all of it is wanted', async () => {
    expect(await importFolder({ accepts: (name) => name.startsWith('technical/') })).toMatchObject({
      added: 1,
      leftOut: [],
    });
    expect(await process.uow.query('SELECT filename FROM document')).toEqual([{ filename: 'technical/install.md' }]);
  });

  it('skips an empty file and says why', async () => {
    await writeFile(join(folder, 'empty.md'), '');
    expect((await importFolder()).failures).toEqual([
      { name: 'empty.md', code: 'document.empty', reason: 'Empty document' },
    ]);
  });

  it('leaves out what is hidden, linked or of no known format, and says so', async () => {
    await symlink(join(folder, 'readme.md'), join(folder, 'link.md'));
    await symlink(folder, join(folder, 'technical', 'circle'));
    await writeFile(join(folder, 'Page.HTM'), '<p>Une page.');
    const { added, leftOut } = await importFolder();
    expect(added).toBe(3);
    expect(leftOut.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      '.hidden: hidden',
      'link.md: link',
      'program.exe: format',
      'technical/circle: link',
    ]);
  });

  it('writes nothing for files whose bytes are known', async () => {
    await importFolder();
    const written = jest.spyOn(LocalFileStore.prototype, 'write');
    expect(await importFolder()).toMatchObject({ added: 0, unchanged: 2 });
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
  });

  it('keeps two files of the same bytes apart where the collection does, and twice as well', async () => {
    await importFolder();
    await process.uow.query(`UPDATE collection SET duplicates = 'keep' WHERE name LIKE 'MY-IA%'`);
    await writeFile(join(folder, 'copy.md'), '# Bienvenue\n\nCeci est la documentation.');
    expect(await importFolder()).toMatchObject({ added: 1, updated: 0, unchanged: 2, removed: 0 });
    expect(await importFolder()).toMatchObject({ added: 0, updated: 0, unchanged: 3, removed: 0 });
    const rows = await process.uow.query(`SELECT filename FROM document WHERE deleted_at IS NULL ORDER BY filename`);
    expect(rows).toEqual(['copy.md', 'readme.md', 'technical/install.md'].map((filename) => ({ filename })));
  });

  it('knows a file of the same bytes under another name where the collection does not', async () => {
    await importFolder();
    await writeFile(join(folder, 'copy.md'), '# Bienvenue\n\nCeci est la documentation.');
    expect(await importFolder()).toMatchObject({ added: 0, updated: 0, unchanged: 3, removed: 0 });
  });

  it('tries a document again that has failed', async () => {
    await importFolder();
    await process.uow.query(`UPDATE document SET status = 'failed' WHERE filename = 'readme.md'`);
    expect(await importFolder()).toMatchObject({ added: 0, unchanged: 2 });
    const rows = await process.uow.query(`SELECT status FROM document WHERE filename = 'readme.md'`);
    expect(rows).toEqual([{ status: 'queued' }]);
  });

  it('is gone on with where it was interrupted, and former contents are removed in the end', async () => {
    await importFolder();
    await writeFile(join(folder, 'readme.md'), '# Bienvenue\n\nTexte nouveau.');
    const interruption = new AbortController();
    const { organizationId, owner } = world;
    const options = { collectionName: 'MY-IA documentation', folder, ownerId: owner.id, organizationId, prune: true };
    const onFile = (): void => {
      interruption.abort();
    };
    const interrupted = await process.folders.execute({ ...options, onFile, signal: interruption.signal });
    expect(interrupted).toMatchObject({ wasInterrupted: true, updated: 1, unchanged: 0, removed: 0 });
    const names = `SELECT filename FROM document WHERE deleted_at IS NULL ORDER BY filename`;
    expect(await process.uow.query(names)).toHaveLength(3);
    expect(await importFolder()).toMatchObject({ wasInterrupted: false, added: 0, unchanged: 2, removed: 0 });
    expect(await process.uow.query(names)).toEqual([{ filename: 'readme.md' }, { filename: 'technical/install.md' }]);
  });

  it('keeps what it knows of a file or folder that cannot be read now', async () => {
    await importFolder();
    const unreadable = Object.assign(new Error('no'), { code: 'EACCES' });
    const { readdir: real } = promises;
    const listing = jest.spyOn(promises, 'readdir');
    listing.mockImplementation(((path: string, options: object) =>
      path.endsWith('technical') ? Promise.reject(unreadable) : real(path, options as never)) as never);
    const result = await importFolder();
    listing.mockRestore();
    expect(result).toMatchObject({ unchanged: 1, failed: 1, removed: 0 });
    expect(result.failures).toEqual([{ name: 'technical/', code: 'folder.unreadable', reason: 'Unreadable folder' }]);
  });

  it('is told when it is not there, and no collection is made for it', async () => {
    await rm(folder, { recursive: true });
    await expect(importFolder()).rejects.toMatchObject({ code: 'folder.unreadable' });
    expect(await process.uow.query(`SELECT id FROM collection WHERE name LIKE 'MY-IA%'`)).toEqual([]);
  });
});
