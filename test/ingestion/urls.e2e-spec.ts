import { gzipSync } from 'node:zlib';

import { UnitOfWork } from '#libs/database';
import { Network } from '#libs/outbound';
import { makePdf } from '#test/support/fixtures';
import { TestApi, type TestUser } from '#test/support/api';
import { answering, dripping, endless, page, redirect, silent, WebSite } from '#test/support/web-site';

import { Library, type DocumentBody, type UploadBody } from './support/library';

const RULE = 'Chaque salarié a droit à vingt-cinq jours de congés payés par an, à prendre avant le 31 mai.';
const MENU = `<nav>${Array.from({ length: 20 }, (_, at) => `<a href="/${at}">Rubrique ${at}</a>`).join(' ')}</nav>`;
const html = (body: string): string =>
  `<!doctype html><title>Guide des congés</title><body><div class="cookie-banner">Acceptez nos cookies.</div>${MENU}${body}`;
const ARTICLE = `<article><h1>Congés</h1><p>${RULE}</p><p>${RULE.replace('salarié', 'cadre')}</p><p>Le report est possible, sur demande écrite.</p></article>`;
const MEBIBYTE = 2 ** 20;

describe('Documents from the web', () => {
  const site = new WebSite({
    '/guide?from=mail': page(html(ARTICLE), { 'Content-Type': 'text/html' }),
    '/guide': page(html(ARTICLE), { 'Content-Type': 'text/html; charset=utf-8' }),
    '/bare': page(html(`<p>${RULE}</p>`)),
    '/moved': redirect('/guide'),
    '/packed.md': page(gzipSync(`# Congés\n\n${RULE}\n`), { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' }),
    '/download.php?id=7': page(makePdf([RULE]), {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="x.pdf"; filename*=UTF-8''R%C3%A8glement%2F2026.pdf`,
    }),
    '/inside': redirect('http://169.254.169.254/latest/meta-data/'),
    '/loop': redirect('/loop'),
    '/private': answering(401),
    '/broken': answering(500),
    '/empty': page(''),
    '/program.png': page(Buffer.from('7f454c460201010000000000', 'hex'), { 'Content-Type': 'text/html' }),
    '/endless': endless(),
    '/bomb': page(gzipSync(Buffer.alloc(20 * MEBIBYTE)), { 'Content-Encoding': 'gzip' }),
    '/dripping': dripping,
    '/silent': silent,
  });
  let api: TestApi;
  let user: TestUser;
  let library: Library;
  let collectionId: string;

  const connect = jest.spyOn(Network.prototype, 'connect');

  beforeAll(async () => {
    await site.start();
    api = await TestApi.start({ MAX_UPLOAD_MB: '1', URL_TIMEOUT_SECONDS: '1', ...site.allowance });
    user = await api.createUser();
    library = new Library(api, user);
  });
  afterAll(async () => {
    const contacted = connect.mock.calls.map(
      ([{ addresses, port }]) => `${addresses.map(({ address }) => address).join()}:${port}`,
    );
    expect([...new Set(contacted)]).toEqual([`127.0.0.1:${site.port}`]);
    connect.mockRestore();
    await api.close();
    site.stop();
  });
  beforeEach(async () => {
    collectionId = await library.createCollection();
    site.visits.length = 0;
  });

  const post = (url: string, rest: object = {}, as = user) =>
    api
      .http(as)
      .post(`/collections/${collectionId}/documents/url`)
      .send({ url, ...rest });
  const add = async (path: string, rest: object = {}): Promise<UploadBody['items'][number]> => {
    const { items } = (await post(site.url(path), rest).expect(202)).body as UploadBody;
    expect(items).toHaveLength(1);
    return items[0]!;
  };
  const listed = async (): Promise<(DocumentBody & { sourceUrl: string | null })[]> => {
    const path = `/documents?filter[collectionId]=${collectionId}`;
    return ((await api.http(user).get(path).expect(200)).body as { items: [] }).items;
  };

  it('become searchable text without menus and banners, and remember where they are from', async () => {
    const { id, filename, status } = await add('/guide?from=mail#top');
    expect([filename, status]).toEqual(['guide.html', 'queued']);
    expect(await library.settled(id)).toMatchObject({
      ...{ status: 'ready', title: 'Guide des congés', mediaType: 'text/html' },
      sourceUrl: site.url('/guide?from=mail'),
    });
    const { text } = await library.content(id);
    expect(text).toContain(RULE);
    expect(text).not.toMatch(/Rubrique|cookies/);
    const original = await api.http(user).get(`/documents/${id}/file`).expect(200);
    expect(original.text).toBe(html(ARTICLE));
    expect(site.visits).toHaveLength(1);
    expect(site.visits[0]?.headers).toMatchObject({ 'user-agent': 'MY-IA-Import/1' });
    expect(Object.keys(site.visits[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('are whole when a page has no article, and follow where they have moved', async () => {
    const [bare, moved] = [await add('/bare'), await add('/moved')];
    await library.settled(bare.id);
    expect((await library.content(bare.id)).text).toMatch(/Rubrique 7[^]*vingt-cinq/);
    expect(await library.settled(moved.id)).toMatchObject({ status: 'ready', sourceUrl: site.url('/moved') });
    expect(site.visits.map(({ path }) => path)).toEqual(['/bare', '/moved', '/guide']);
  });

  it('may be files of every format, called as their server calls them', async () => {
    const [text, pdf] = [await add('/packed.md'), await add('/download.php?id=7')];
    expect([text.filename, pdf.filename]).toEqual(['packed.md', '2026.pdf']);
    expect(await library.settled(text.id)).toMatchObject({ mediaType: 'text/markdown', title: 'Congés' });
    expect(await library.settled(pdf.id)).toMatchObject({ status: 'ready', mediaType: 'application/pdf' });
    expect((await library.content(pdf.id)).text).toContain('vingt-cinq');
  });

  it('keep the title that was chosen, also when they are read again', async () => {
    const { id } = await add('/guide', { title: ' Congés 2026 ' });
    expect(await library.settled(id)).toMatchObject({ status: 'ready', title: 'Congés 2026' });
    const admin = await api.createUser('admin', user.organizationId);
    await api.http(admin).patch(`/admin/documents/${id}`).send({ title: 'Règles' }).expect(200);
    await api.http(user).post(`/documents/${id}/reindex`).expect(202);
    expect(await library.settled(id)).toMatchObject({ status: 'ready', title: 'Règles' });
  });

  it('are one document when they are the same bytes, however they came', async () => {
    const first = await add('/guide');
    expect(await add('/moved')).toMatchObject({ id: first.id, duplicateOf: first.id });
    const uploaded = await library.upload(collectionId, { 'a.html': Buffer.from(html(ARTICLE)) });
    expect(uploaded.items[0]).toMatchObject({ id: first.id, duplicateOf: first.id });
    expect(await listed()).toHaveLength(1);
    await library.settled(first.id);
  });

  it('are fetched once for one Idempotency-Key', async () => {
    const send = () => post(site.url('/guide')).set('Idempotency-Key', 'once').expect(202);
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(site.visits).toHaveLength(1);
  });

  it('are recorded without what follows the question mark, which may be a key', async () => {
    const { id } = await add('/guide?from=mail');
    const [entry] = await api.app
      .get(UnitOfWork)
      .query<{ after: object }>(`SELECT after FROM audit_log WHERE resource_id = $1 AND action = 'document.uploaded'`, [
        id,
      ]);
    expect(entry?.after).toMatchObject({ sourceUrl: site.url('/guide'), filename: 'guide.html' });
  });

  describe('are refused, and nothing is kept:', () => {
    const refused = async (url: string): Promise<{ status: number; code: string; detail: string }> => {
      const response = await post(url).set('Accept-Language', 'en');
      return { ...(response.body as { code: string; detail: string }), status: response.status };
    };
    afterEach(async () => {
      expect(await listed()).toEqual([]);
    });

    it.each([
      ['/inside', 422, 'url.not_allowed'],
      ['/loop', 502, 'url.unreachable'],
      ['/private', 502, 'url.status'],
      ['/broken', 502, 'url.status'],
      ['/nowhere', 502, 'url.status'],
      ['/empty', 422, 'document.empty'],
      ['/program.png', 415, 'document.unsupported_type'],
      ['/endless', 413, 'url.too_large'],
      ['/bomb', 413, 'url.too_large'],
      ['/dripping', 504, 'url.timeout'],
      ['/silent', 504, 'url.timeout'],
    ])('%s is answered with %i %s', async (path, status, code) => {
      expect(await refused(site.url(path))).toMatchObject({ status, code });
    });

    it('an address of the inside, however it is written, is not even called', async () => {
      const { port } = site;
      for (const url of [
        'http://127.0.0.1:81/',
        `http://127.0.0.2:${port}/guide`,
        `http://[::1]:${port}/guide`,
        `http://localhost.:5432/`,
        'http://169.254.169.254/',
        'http://10.0.0.1/',
        `http://a:b@127.0.0.1:${port}/guide`,
        `ftp://127.0.0.1:${port}/guide`,
        'file:///etc/passwd',
        'guide',
      ]) {
        expect([url, await refused(url)]).toEqual([
          url,
          expect.objectContaining({ status: 422, code: 'url.not_allowed' }),
        ]);
      }
      expect(site.visits).toEqual([]);
    });

    it('one that is too long or no text is named', async () => {
      for (const url of [`http://127.0.0.1/${'a'.repeat(2_048)}`, '', ' ', 1]) {
        expect((await post(url as string).expect(400)).body).toMatchObject({
          errors: expect.arrayContaining([expect.objectContaining({ field: 'url' })]) as unknown,
        });
      }
      expect(await refused(`http://127.0.0.1/${'é'.repeat(1_000)}`)).toMatchObject({ code: 'url.not_allowed' });
    });

    it('nothing is fetched for a collection the caller may not write to', async () => {
      const stranger = await api.createUser('user', await api.createOrganization());
      await post(site.url('/guide'), {}, stranger).expect(404);
      await api.http(user).patch(`/collections/${collectionId}`).send({ visibility: 'organization' }).expect(200);
      await post(site.url('/guide'), {}, await api.createUser('user', user.organizationId)).expect(403);
      expect(site.visits).toEqual([]);
    });

    it('more slow sites at once than an organization may fetch from hold up nobody else', async () => {
      const colleague = await api.createUser('user', user.organizationId);
      const slow = Array.from({ length: 4 }, () => post(site.url('/silent')).then(({ status }) => status));
      for (let look = 0; look < 100 && site.visits.length < 4; look += 1) await new Promise((go) => setTimeout(go, 10));
      const busy = await post(site.url('/guide'));
      expect([busy.status, busy.headers['retry-after'], busy.body]).toEqual([
        429,
        '5',
        expect.objectContaining({ code: 'url.busy' }),
      ]);
      await api.http(colleague).get('/me').expect(200);
      const other = await api.createUser('user', await api.createOrganization());
      const elsewhere = await new Library(api, other).createCollection();
      await api
        .http(other)
        .post(`/collections/${elsewhere}/documents/url`)
        .send({ url: site.url('/guide') })
        .expect(202);
      expect(await Promise.all(slow)).toEqual([504, 504, 504, 504]);
      await post(site.url('/silent')).expect(504);
    });
  });
});
