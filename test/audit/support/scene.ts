import { randomUUID } from 'node:crypto';

import { UnitOfWork } from '#libs/database';
import type { TestApi, TestUser } from '#test/support/api';

/** Who acts, all of one organization. */
export interface Cast {
  readonly superuser: TestUser;
  readonly admin: TestUser;
  readonly user: TestUser;
}

/** One act on its way into the log: calls through {@link as} bear its request id, what is prepared for it does not. */
export class Scene {
  readonly requestId = `act-${randomUUID()}`;

  constructor(
    readonly api: TestApi,
    readonly cast: Cast,
  ) {}

  as(user?: TestUser) {
    return this.api.http(user).set('X-Request-Id', this.requestId);
  }

  /** A thing to act on. @returns its id */
  async make(path: string, body: object, by: TestUser = this.cast.admin): Promise<string> {
    const made = await this.api.http(by).post(path).send(body);
    if (made.status !== 201) throw new Error(`POST ${path}: ${made.status} ${made.text}`);
    return (made.body as { id: string }).id;
  }

  collection(): Promise<string> {
    return this.make('/collections', { name: `Notes ${randomUUID()}` });
  }

  async document(): Promise<string> {
    const path = `/collections/${await this.collection()}/documents/text`;
    const made = await this.api.http(this.cast.admin).post(path).send({ title: 'Bail', text: 'Un texte.' }).expect(202);
    return (made.body as { items: { id: string }[] }).items[0]?.id ?? 'none';
  }

  /** Path of the one passage of a document; no worker runs here to make it. */
  async passage(): Promise<string> {
    const documentId = await this.document();
    const id = randomUUID();
    await this.sql(`UPDATE document SET status = 'ready', generation = 1, chunk_count = 1 WHERE id = $1`, [documentId]);
    await this.sql(
      `INSERT INTO chunk (id, organization_id, document_id, collection_id, generation, ordinal, start_offset, end_offset, text,
                          token_count, language)
       SELECT $2, organization_id, id, collection_id, 1, 0, 0, 9, 'Un texte.', 3, 'fr' FROM document WHERE id = $1`,
      [documentId, id],
    );
    return `/documents/${documentId}/chunks/${id}`;
  }

  /** One that may be tried again. */
  async failedDocument(): Promise<string> {
    const id = await this.document();
    await this.sql(`UPDATE document SET status = 'failed' WHERE id = $1`, [id]);
    return id;
  }

  /** One that was screened and put into quarantine. */
  async quarantinedDocument(): Promise<string> {
    const id = await this.document();
    await this.sql(`UPDATE document SET status = 'failed', failure_code = 'document.quarantined' WHERE id = $1`, [id]);
    await this.sql(
      `INSERT INTO document_screening (document_id, organization_id, generation, score, quarantined, findings)
       SELECT id, organization_id, 100, 0.9, true, '[]' FROM document WHERE id = $1`,
      [id],
    );
    return id;
  }

  sql(statement: string, parameters: readonly unknown[]): Promise<unknown[]> {
    return this.api.app.get(UnitOfWork).query(statement, parameters);
  }
}

/** The same with a superuser of another organization, who acts on what the administrator made. */
export class SceneAcross extends Scene {
  override make(path: string, body: object): Promise<string> {
    return super.make(path, body, this.cast.admin);
  }
}
