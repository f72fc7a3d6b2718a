import { TestApi, type TestUser } from '#test/support/api';
import { makeDocx, makePdf } from '#test/support/fixtures';

import { eventsOf } from './support/events-of';
import { eventually, Library, type DocumentBody, type UploadBody } from './support/library';

const PARAGRAPH = 'Le service d’accueil ouvre à neuf heures et ferme à dix-huit heures, sauf le vendredi. ';
const GUIDE_PAGES = [`# Guide d’accueil\n\n${PARAGRAPH.repeat(12)}`, `# Horaires\n\n${PARAGRAPH.repeat(12)}`];

interface Problem {
  readonly code: string;
  readonly detail: string;
}

describe('Documents over HTTP', () => {
  let api: TestApi;
  let user: TestUser;
  let stranger: TestUser;
  let library: Library;
  let collectionId: string;

  beforeAll(async () => {
    api = await TestApi.start({ MAX_UPLOAD_MB: '1' });
    user = await api.createUser();
    stranger = await api.createUser();
    library = new Library(api, user);
  });
  beforeEach(async () => {
    collectionId = await library.createCollection();
  });
  afterAll(() => api.close());

  const expectProblem = async (request: Promise<{ body: unknown }>): Promise<Problem> =>
    (await request).body as Problem;
  const totalIn = async (collection: string): Promise<number> => {
    const response = await api.http(user).get(`/documents?filter[collectionId]=${collection}`).expect(200);
    return (response.body as { total: number }).total;
  };

  it('ingests a PDF with exact offsets and page numbers', async () => {
    const id = await library.add(collectionId, 'guide.pdf', makePdf(GUIDE_PAGES));
    const document = await library.settled(id);
    expect(document).toMatchObject({
      status: 'ready',
      progress: 1,
      pageCount: 2,
      language: 'fr',
      filename: 'guide.pdf',
    });
    const { text, pages } = await library.content(id);
    const chunks = await library.chunks(id);
    expect(chunks).toHaveLength(document.chunkCount);
    expect(chunks.map(({ start, end }) => text.slice(start, end))).toEqual(chunks.map((chunk) => chunk.text));
    expect(pages.map(({ page }) => page)).toEqual([1, 2]);
    for (const { page, start } of chunks) {
      expect(pages.findLast((range) => range.start <= start)?.page).toBe(page);
    }
  });

  it('ingests a Word file with exact offsets and headings', async () => {
    const blocks = [{ heading: 1, text: 'Congés' } as const, PARAGRAPH.repeat(8), { item: 'Prévenir son équipe' }];
    const id = await library.add(collectionId, 'congés.docx', makeDocx(blocks));
    expect(await library.settled(id)).toMatchObject({ status: 'ready', pageCount: null, filename: 'congés.docx' });
    const { text } = await library.content(id);
    for (const chunk of await library.chunks(id)) expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    expect(text).toContain('Prévenir son équipe');
  });

  it('answers an upload with one item per file, in their order, and the same bytes with their first document', async () => {
    const same = Buffer.from('Le même texte.');
    const { items } = await library.upload(collectionId, {
      'a.txt': same,
      'b.md': Buffer.from('# Autre'),
      'c.txt': same,
    });
    expect(items.map(({ filename }) => filename)).toEqual(['a.txt', 'b.md', 'c.txt']);
    const [first, , third] = items;
    const added = items.filter(({ duplicateOf }) => duplicateOf === undefined);
    expect(added).toHaveLength(2);
    expect(first!.id).toBe(third!.id);
    await library.settled(first!.id);
    const again = await library.upload(collectionId, { 'copy.txt': same });
    expect(again.items).toEqual([{ id: first!.id, filename: 'copy.txt', status: 'ready', duplicateOf: first!.id }]);
    expect(await totalIn(collectionId)).toBe(2);
  });

  it('tries a failed document again when its bytes are sent again', async () => {
    const bytes = makePdf(['Secret'], { encrypted: true });
    const id = await library.add(collectionId, 'secret.pdf', bytes);
    expect(await library.settled(id)).toMatchObject({ status: 'failed' });
    const { items } = await library.upload(collectionId, { 'secret.pdf': bytes });
    expect(items).toEqual([{ id, filename: 'secret.pdf', status: 'queued', duplicateOf: id }]);
    await library.settled(id);
  });

  it('tells why a document failed in the language of the caller', async () => {
    const id = await library.add(collectionId, 'secret.pdf', makePdf(['Secret'], { encrypted: true }));
    await library.settled(id);
    const failureIn = async (locale: string): Promise<unknown> => {
      const response = await api.http(user).get(`/documents/${id}`).set('Accept-Language', locale).expect(200);
      return (response.body as DocumentBody).failure;
    };
    expect(await failureIn('fr')).toEqual({
      code: 'document.encrypted',
      detail: expect.stringContaining('protégé par un mot de passe') as string,
    });
    expect(await failureIn('en')).toEqual({
      code: 'document.encrypted',
      detail: expect.stringContaining('protected by a password') as string,
    });
  });

  it('replays an upload of the same Idempotency-Key', async () => {
    const send = () =>
      api
        .http(user)
        .post(`/collections/${collectionId}/documents/text`)
        .set('Idempotency-Key', 'once')
        .send({ title: 'Note', text: 'Un texte.' })
        .expect(202);
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('takes a text that is in no file and keeps its title', async () => {
    const response = await api
      .http(user)
      .post(`/collections/${collectionId}/documents/text`)
      .send({ title: 'Ouverture 9h/18h', text: PARAGRAPH })
      .expect(202);
    const { items } = response.body as UploadBody;
    expect(items).toMatchObject([{ filename: 'Ouverture 9h-18h.txt', status: 'queued' }]);
    expect(await library.settled(items[0]!.id)).toMatchObject({ status: 'ready', title: 'Ouverture 9h/18h' });
  });

  describe('refuses, keeping nothing,', () => {
    const post = (files: readonly (readonly [string, Buffer])[]) => {
      const request = api.http(user).post(`/collections/${collectionId}/documents`).set('Accept-Language', 'en');
      for (const [name, bytes] of files) request.attach('files', bytes, name);
      return request;
    };
    afterEach(async () => {
      expect(await totalIn(collectionId)).toBe(0);
    });

    it('a file that is too large, and names it', async () => {
      const { code, detail } = await expectProblem(post([['big.txt', Buffer.alloc(3 * 1024 * 1024, 'a')]]).expect(413));
      expect(code).toBe('document.too_large');
      expect(detail).toContain('"big.txt" exceeds 1 MiB');
    });

    it('an unsupported type, by content and not by name', async () => {
      const film = Buffer.from('000000206674797069736f6d0000020069736f6d69736f3261766331', 'hex');
      const { code, detail } = await expectProblem(post([['film.pdf', film]]).expect(415)); // prettier-ignore
      expect(code).toBe('document.unsupported_type');
      expect(detail).toMatch(/"film\.pdf" \(mp4\).*pdf, docx/);
    });

    it('an empty file', async () => {
      const { code, detail } = await expectProblem(post([['empty.txt', Buffer.alloc(0)]]).expect(422)); // prettier-ignore
      expect(code).toBe('document.empty');
      expect(detail).toContain('"empty.txt"');
    });

    it('a request without files, in a form or not', async () => {
      const form = api.http(user).post(`/collections/${collectionId}/documents`).field('note', 'rien');
      expect(await expectProblem(form.expect(422))).toMatchObject({ code: 'document.no_files' });
      const json = api.http(user).post(`/collections/${collectionId}/documents`).send({});
      expect(await expectProblem(json.expect(422))).toMatchObject({ code: 'document.no_files' });
    });

    it('a form that breaks off', async () => {
      const broken = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nUn texte sans fin';
      const request = api
        .http(user)
        .post(`/collections/${collectionId}/documents`)
        .set('Content-Type', 'multipart/form-data; boundary=x')
        .send(broken);
      expect(await expectProblem(request.expect(400))).toMatchObject({ code: 'document.broken_upload' });
    });
  });

  it('cleans hostile file names, which never become paths', async () => {
    const names = [
      '../../etc/passwd.txt',
      '\u202egpj.exe.txt',
      '<img src=x onerror=alert(1)>.txt',
      '"; filename="evil.txt',
    ];
    const ids: string[] = [];
    for (const [index, name] of names.entries()) {
      ids.push(await library.add(collectionId, name, Buffer.from(`Texte hostile ${index}.`)));
    }
    const documents = await Promise.all(ids.map((id) => library.settled(id)));
    expect(documents.map(({ status }) => status)).toEqual(['ready', 'ready', 'ready', 'ready']);
    for (const { filename } of documents) expect(filename).not.toMatch(/[/\\\u202e]/);
    expect(documents[0]!.filename).toBe('passwd.txt');
    for (const id of ids) {
      const { headers } = await api.http(user).get(`/documents/${id}/file`).expect(200);
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!~%-]+$/);
    }
  });

  it('gives the original back byte for byte, as a download that cannot run', async () => {
    const html = Buffer.from(`<html><body><h1>Titre</h1><p>${PARAGRAPH}</p><script>alert(1)</script></body></html>`);
    const id = await library.add(collectionId, 'été – page.html', html);
    const response = await api.http(user).get(`/documents/${id}/file`).responseType('blob').expect(200);
    expect(Buffer.compare(response.body as Buffer, html)).toBe(0);
    expect(response.headers).toMatchObject({
      'content-type': 'text/html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-disposition': `attachment; filename="e_te_ _ page.html"; filename*=UTF-8''%C3%A9t%C3%A9%20%E2%80%93%20page.html`,
    });
  });

  it('tells the present state first and every change after it, until the end', async () => {
    const text = Array.from({ length: 400 }, (_, index) => `## Partie ${index}\n\n${PARAGRAPH.repeat(18)}`).join(
      '\n\n',
    );
    const id = await library.add(collectionId, 'long.md', Buffer.from(text));
    const response = await api.http(user).get(`/documents/${id}/events`).buffer(true).expect(200);
    expect(response.headers['content-type']).toContain('text/event-stream');
    const events = eventsOf<DocumentBody>(response.text);
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => String(index + 1)));
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['status']));
    expect(events.at(-1)!.data).toMatchObject({ id, status: 'ready', progress: 1 });
    const order = ['queued', 'extracting', 'chunking', 'embedding', 'ready'];
    const places = events.map(({ data }) => order.indexOf(data.status));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const progress = events.map(({ data }) => data.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const afterwards = eventsOf<DocumentBody>(
      (await api.http(user).get(`/documents/${id}/events`).buffer(true).expect(200)).text,
    );
    expect(afterwards.map(({ data }) => data.status)).toEqual(['ready']);
  });

  it('re-indexes without a gap and removes the former generation', async () => {
    const id = await library.add(collectionId, 'a.txt', Buffer.from(PARAGRAPH));
    await library.settled(id);
    const before = await library.chunks(id);
    await api.http(user).post(`/documents/${id}/reindex`).expect(202);
    const after = await eventually(
      () => library.chunks(id),
      (chunks) => chunks[0]?.id !== before[0]!.id,
    );
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
  });

  it('hides a deleted document at once', async () => {
    const id = await library.add(collectionId, 'a.txt', Buffer.from(PARAGRAPH));
    await library.settled(id);
    await api.http(user).delete(`/documents/${id}`).expect(204);
    await api.http(user).get(`/documents/${id}`).expect(404);
    await api.http(user).get(`/documents/${id}/content`).expect(404);
    await api.http(user).delete(`/documents/${id}`).expect(404);
    expect(await totalIn(collectionId)).toBe(0);
    await library.add(collectionId, 'a.txt', Buffer.from(PARAGRAPH)); // the same bytes may come back
    expect(await totalIn(collectionId)).toBe(1);
  });

  it('says 409 while there is no text to show', async () => {
    const id = await library.add(collectionId, 'secret.pdf', makePdf(['Secret'], { encrypted: true }));
    await library.settled(id);
    const { code } = await expectProblem(api.http(user).get(`/documents/${id}/content`).expect(409));
    expect(code).toBe('document.not_ready');
    expect(await library.chunks(id)).toEqual([]);
  });

  it('lists by collection, status and page, and names an unknown field', async () => {
    await library.upload(collectionId, {
      'a.txt': Buffer.from('Un.'),
      'b.txt': Buffer.from('Deux.'),
      'c.txt': Buffer.from('Trois.'),
    });
    const url = `/documents?filter[collectionId]=${collectionId}&sort=filename&pageSize=2&fields=id,filename`;
    const { body } = (await api.http(user).get(url).expect(200)) as { body: { items: DocumentBody[]; total: number } };
    expect(body).toMatchObject({ total: 3, items: [{ filename: 'a.txt' }, { filename: 'b.txt' }] });
    expect(Object.keys(body.items[0]!)).toEqual(['id', 'filename']);
    const { code, detail } = await expectProblem(api.http(user).get('/documents?sort=storageKey').expect(400));
    expect(code).toBe('query.unknown_field');
    expect(detail).toContain('storageKey');
  });

  describe('of a private collection do not exist for others:', () => {
    let id: string;
    beforeAll(async () => {
      const own = await library.createCollection();
      id = await library.add(own, 'private.txt', Buffer.from('Un texte privé.'));
    });

    it.each(['', '/events', '/content', '/chunks', '/file'])('GET /documents/:id%s is 404', async (path) => {
      const { code } = await expectProblem(api.http(stranger).get(`/documents/${id}${path}`).expect(404));
      expect(code).toBe('document.not_found');
    });

    it('neither deleted nor re-indexed nor listed', async () => {
      await api.http(stranger).delete(`/documents/${id}`).expect(404);
      await api.http(stranger).post(`/documents/${id}/reindex`).expect(404);
      const response = await api.http(stranger).get('/documents').expect(200);
      expect(response.body).toMatchObject({ total: 0, items: [] });
    });
  });
});
