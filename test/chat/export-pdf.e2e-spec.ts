import { PDFiumLibrary } from '@hyzyla/pdfium';

import type { MessageView } from '#libs/chat';
import { UnitOfWork } from '#libs/database';
import { TestApi, type TestUser } from '#test/support/api';

import { addHandbook } from './support/handbook';

const QUESTION = 'Combien de jours de congés annuels par an ?';

/** As a reader of the file sees it. */
const textOf = async (file: Buffer): Promise<string> => {
  const pdfium = await PDFiumLibrary.init();
  const document = await pdfium.loadDocument(file);
  const text = [...document.pages()].map((page) => page.getText()).join('\n');
  document.destroy();
  pdfium.destroy();
  return text.replaceAll(/\s+/g, ' ');
};

describe('A conversation as PDF', () => {
  let api: TestApi;
  let user: TestUser;
  let answer: MessageView;

  beforeAll(async () => {
    api = await TestApi.start();
    user = await api.createUser('user', await api.createOrganization());
    await addHandbook(api, user);
    answer = (await api.http(user).post('/chat').send({ message: QUESTION }).expect(200)).body as MessageView;
  });
  afterAll(() => api.close());

  const sql = (statement: string, parameters: readonly unknown[]) =>
    api.app.get(UnitOfWork).query(statement, parameters);
  const givePlan = (code: string) =>
    sql(`UPDATE organization SET plan_id = (SELECT id FROM plan WHERE code = $2) WHERE id = $1`, [
      user.organizationId,
      code,
    ]);
  const path = (): string => `/conversations/${answer.conversationId}/export`;
  const exported = (as: TestUser = user) => api.http(as).get(path()).query({ format: 'pdf' });

  it('says what was asked and answered, with the words that prove it', async () => {
    const file = await exported()
      .buffer()
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    expect(file.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="conversation-${answer.conversationId}.pdf"`,
    });
    const text = await textOf(file.body as Buffer);
    expect(text).toContain(QUESTION);
    const [citation] = answer.citations;
    expect(text).toContain(citation?.quote);
    expect(text).toContain('1 / 1');
  });

  it('is its owner’s alone', async () => {
    const colleague = await api.createUser('user', user.organizationId);
    await exported(colleague).expect(404);
  });

  it('needs a plan that has it; the other formats do not', async () => {
    await givePlan('free');
    const refused = await exported().expect(403);
    expect(refused.body).toMatchObject({ code: 'plan.feature_missing' });
    await api.http(user).get(path()).query({ format: 'md' }).expect(200);
    await givePlan('plus');
    await exported().expect(200);
  });

  it('is refused when it would hold up others, and the way out is named', async () => {
    const { conversationId } = (await api.http(user).post('/chat').send({ message: QUESTION }).expect(200))
      .body as MessageView;
    await sql(`UPDATE message SET content = repeat('x', 1000001) WHERE conversation_id = $1 AND role = 'user'`, [
      conversationId,
    ]);
    const refused = await api.http(user).get(`/conversations/${conversationId}/export`).query({ format: 'pdf' });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'conversation.too_long_for_pdf' });
    expect(refused.text).toContain('format=md');
  });
});
