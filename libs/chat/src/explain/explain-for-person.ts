import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { ReadableCollections } from '#libs/ingestion';
import type { Locale } from '#libs/kernel';
import { ExplainRetrieval, toExplanationView, type ExplanationView } from '#libs/retrieval';

import { answerLocale } from '../answering/query/retrieval-query';
import { RetrievalTraces } from '../trace/retrieval-traces';
import type { ExplainForPersonDto } from './explain-for-person.dto';
import { RehearseAnswer } from './rehearse-answer';

/** Read as what a user may do, whatever the role: a search knows grants alone. */
const PERSON = `
  SELECT id, organization_id AS "organizationId", 'user' AS role, '' AS "sessionId", locale
    FROM app_user WHERE id = $1 AND organization_id = $2 AND erased_at IS NULL`;

/**
 * Use case: tells an administrator why somebody of the organization does not find a document. What is searched is what both
 * may read, so that no place, score or number tells of a document the administrator may not read.
 */
@Injectable()
export class ExplainForPerson {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly collections: ReadableCollections,
    private readonly retrieval: ExplainRetrieval,
    private readonly rehearsal: RehearseAnswer,
    private readonly traces: RetrievalTraces,
  ) {}

  /**
   * Recorded: who asked about whom and which document, not what was asked.
   * @throws ResourceNotFoundError for a user of another organization
   * @throws DocumentNotFoundError for a document of another organization
   * @throws CollectionNotFoundError for a named collection the administrator may not read
   * @throws whatever {@link RehearseAnswer} throws
   */
  async execute(
    administrator: Principal,
    { userId, expectedDocumentId, query: question, collectionIds: wanted, limit }: ExplainForPersonDto,
    locale: Locale,
  ): Promise<ExplanationView> {
    const person = await this.personOf(administrator, userId);
    const collectionIds = await this.openToBoth(administrator, person, wanted);
    const finding = await this.retrieval.executeFor({ administrator, person }, expectedDocumentId, async () => {
      await this.record(administrator, person, expectedDocumentId);
      const task = { principal: person, question, history: [], collectionIds };
      const asked = { ...task, locale: answerLocale(question, person.locale) };
      return this.rehearsal.execute(asked, { limit, payerId: administrator.id });
    });
    // Nothing else was searched; should that ever change, it is not shown all the same.
    const trace = await this.traces.asSeenBy(administrator, finding.trace);
    return toExplanationView({ ...finding, trace }, locale);
  }

  private async personOf({ organizationId }: Principal, userId: string): Promise<Principal> {
    const [person] = await this.uow.query<Principal>(PERSON, [userId, organizationId]);
    if (!person) throw new ResourceNotFoundError('user', userId);
    return person;
  }

  private async openToBoth(
    administrator: Principal,
    person: Principal,
    wanted: readonly string[] | undefined,
  ): Promise<string[]> {
    const open = await this.collections.list(administrator, wanted);
    const theirs = new Set((await this.collections.list(person)).map(({ id }) => id));
    return open.map(({ id }) => id).filter((id) => theirs.has(id));
  }

  private async record({ organizationId }: Principal, { id: userId }: Principal, documentId: string): Promise<void> {
    const act = { action: 'retrieval.explained', resource: 'document', outcome: 'succeeded' } as const;
    await this.uow.run(() => this.audit.record({ ...act, resourceId: documentId, organizationId, after: { userId } }));
  }
}
