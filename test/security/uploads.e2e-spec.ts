import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';

import { strToU8, zipSync } from 'fflate';
import type { Response } from 'supertest';

import { StorageConfig } from '#libs/config';
import { eventually, Library, type UploadBody } from '#test/ingestion/support/library';
import { TestApi, type TestUser } from '#test/support/api';
import { makeDocx, makePdf } from '#test/support/fixtures';

import { FILENAMES } from './support/hostile';

const MEBIBYTE = 1024 * 1024;

/** Bombs take their time to be found out. Milliseconds. */
jest.setTimeout(120_000);

type Files = readonly (readonly [name: string, content: Buffer | string])[];

describe('Uploads', () => {
  let api: TestApi;
  let user: TestUser;
  let library: Library;
  let collection: string;

  beforeAll(async () => {
    api = await TestApi.start({ MAX_UPLOAD_MB: '1' });
    user = await api.createUser();
    library = new Library(api, user);
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    collection = await library.createCollection();
  });

  const upload = async (files: Files, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
    const request = api.http(user).post(`/collections/${collection}/documents`).set(headers);
    for (const [name, content] of files) request.attach('files', Buffer.from(content), name);
    return request;
  };
  const itemsOf = ({ body }: Response): UploadBody['items'] => (body as UploadBody).items;
  const codeOf = ({ body }: Response): string => (body as { code: string }).code;

  const documents = async (): Promise<number> => {
    const response = await api.http(user).get(`/documents?filter[collectionId]=${collection}`).expect(200);
    return (response.body as { total: number }).total;
  };
  /** Names of everything below the folder of originals, whole or partial. */
  const stored = async (): Promise<string[]> => {
    const folder = api.app.get(StorageConfig).filesDirectory;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  /** Runs `work`, after which nothing may be left of it: no row and no file, whole or half. */
  const expectNoTrace = async (work: () => Promise<unknown>): Promise<void> => {
    const before = await stored();
    await work();
    await eventually(stored, (now) => now.length <= before.length);
    expect(await documents()).toBe(0);
  };

  describe('with an Idempotency-Key', () => {
    const KEY = { 'Idempotency-Key': 'upload-1' };

    it('give the first answer again for the same files, and keep nothing of the second sending', async () => {
      const first = await upload([['a.txt', 'Le même texte.']], KEY);
      const files = await stored();
      const again = await upload([['a.txt', 'Le même texte.']], KEY);
      expect([again.status, again.body]).toEqual([202, first.body]);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(await stored()).toEqual(files);
    });

    it('refuse the key for other files of the same length', async () => {
      const key = { 'Idempotency-Key': 'upload-2' };
      await upload([['a.txt', 'Texte un.']], key);
      const files = await stored();
      const other = await upload([['a.txt', 'Texte 2..']], key);
      expect([other.status, codeOf(other)]).toEqual([422, 'idempotency.key_reused']);
      const renamed = await upload([['b.txt', 'Texte un.']], key);
      expect([renamed.status, codeOf(renamed)]).toEqual([422, 'idempotency.key_reused']);
      expect(await stored()).toEqual(files);
      expect(await documents()).toBe(1);
    });

    it('free the key when the upload is refused', async () => {
      const key = { 'Idempotency-Key': 'upload-3' };
      await expectNoTrace(async () => expect((await upload([['a.txt', '']], key)).status).toBe(422));
      expect((await upload([['a.txt', 'Maintenant il y a du texte.']], key)).status).toBe(202);
    });

    it('add the files once when two sendings meet', async () => {
      const key = { 'Idempotency-Key': 'upload-4' };
      const answers = await Promise.all(Array.from({ length: 5 }, () => upload([['a.txt', 'Une fois.']], key)));
      expect(new Set(answers.map(({ status }) => status))).not.toContain(500);
      expect(answers.some(({ status }) => status === 202)).toBe(true);
      expect(await documents()).toBe(1);
    });
  });

  it.each<[string, Files, number, string]>([
    ['no file', [], 422, 'document.no_files'],
    ['an empty file', [['a.txt', '']], 422, 'document.empty'],
    [
      'a program called PDF',
      [['a.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(999, 1)])]],
      415,
      'document.unsupported_type',
    ],
    [
      'a film',
      [['a.txt', Buffer.from('000000206674797069736f6d0000020069736f6d69736f3261766331', 'hex')]],
      415,
      'document.unsupported_type',
    ],
    ['a file one byte too large', [['a.txt', 'x'.repeat(MEBIBYTE + 1)]], 413, 'document.too_large'],
  ])('of %s leave nothing behind', async (_, files, status, code) => {
    await expectNoTrace(async () => {
      const response = await upload(files);
      expect([response.status, codeOf(response)]).toEqual([status, code]);
    });
  });

  it('of exactly the largest size are taken', async () => {
    expect((await upload([['a.txt', 'mot '.repeat(MEBIBYTE / 4)]])).status).toBe(202);
  });

  it('that break off in the middle leave neither file nor row', async () => {
    const head = `--X\r\nContent-Disposition: form-data; name="files"; filename="half.txt"\r\n\r\n${'half '.repeat(2000)}`;
    const { hostname, port } = new URL(api.url);
    const before = await stored();
    const sockets = Array.from({ length: 5 }, () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        `POST /api/v1/collections/${collection}/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${user.accessToken}\r\n` +
          `Content-Type: multipart/form-data; boundary=X\r\nContent-Length: 500000\r\n\r\n${head}`,
      );
      return socket;
    });
    // They do arrive: otherwise this would prove nothing.
    await eventually(stored, (now) => now.filter((name) => name.endsWith('.partial')).length === 5);
    for (const socket of sockets) socket.destroy();
    await eventually(stored, (now) => now.length === before.length);
    expect(await documents()).toBe(0);
  });

  it('keep names harmless, whatever they were', async () => {
    for (const [at, name] of FILENAMES.entries()) {
      const response = await upload([[name, `Texte numéro ${at}.`]]);
      expect([name, response.status]).toEqual([name, 202]);
      const [item] = itemsOf(response);
      expect(item?.filename).toMatch(/^[^/\\\p{Cc}\p{Cf}\p{Cs}]{1,200}$/u);
    }
    const names = await stored();
    expect(names.every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true);
  });

  it('come back as attachments no browser runs, whatever they claim to be', async () => {
    const [item] = itemsOf(
      await upload([['a.txt', '<html><body><script>alert(1)</script>Bonjour à tous.</body></html>']]),
    );
    const { headers } = await api.http(user).get(`/documents/${item!.id}/file`).expect(200);
    expect(headers['content-disposition']).toMatch(/^attachment; /);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  it('of bombs, lies and two-faced files end as ready or failed, and the product goes on', async () => {
    const zeros = 'a '.repeat(70 * MEBIBYTE);
    const bomb = Buffer.from(
      zipSync({
        '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        'word/document.xml': strToU8(`<w:document><w:body><w:p><w:t>${zeros}</w:t></w:p></w:body></w:document>`),
      }),
    );
    expect(bomb.length).toBeLessThan(MEBIBYTE);
    const files: Files = [
      ['bomb.docx', bomb],
      ['lie.pdf', '%PDF-1.7\nnothing that follows is a PDF'],
      ['cut.pdf', makePdf(['Une page.']).subarray(0, 300)],
      ['cut.docx', makeDocx(['Un paragraphe.']).subarray(0, 500)],
      ['two-faced.html', '%PDF-1.4\n<html><body><p>Deux visages.</p></body></html>'],
      ['deep.html', '<div>'.repeat(50_000) + 'profond'],
      ['gif.txt', 'GIF89a=1;alert(1)//'],
    ];
    for (const file of files) {
      const response = await upload([file]);
      expect([file[0], [202, 415, 422]]).toEqual([file[0], expect.arrayContaining([response.status])]);
      if (response.status !== 202) continue;
      const { status, failure } = await library.settled(itemsOf(response)[0]!.id);
      expect([file[0], status === 'ready' || failure !== undefined]).toEqual([file[0], true]);
      expect(JSON.stringify(failure ?? '')).not.toMatch(/node_modules|at .+:\d+:\d+|\/tmp\//);
    }
    const id = await library.add(collection, 'after.txt', Buffer.from('La vie continue.'));
    expect(await library.settled(id)).toMatchObject({ status: 'ready' });
  });
});
