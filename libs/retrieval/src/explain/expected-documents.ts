import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { DocumentNotFoundError, isQuarantined, readableCollection, type DocumentStatus } from '#libs/ingestion';

import type { ExplainedStage } from './finding';

/** What tells whether a document can be found at all. */
export interface ExpectedDocument {
  readonly id: string;
  readonly collectionId: string;
  readonly status: DocumentStatus;
  readonly failureCode: string | null;
  /** 0 until it was ready once. */
  readonly generation: number;
  readonly passages: number;
  readonly enabled: number;
}

/** Who asks, and for whom. */
export interface AskedFor {
  readonly administrator: Pick<Principal, 'id'>;
  /** Of the administrator's organization. */
  readonly person: Pick<Principal, 'id' | 'organizationId'>;
}

/** A document an administrator knows of. */
export interface AdministeredDocument extends ExpectedDocument {
  /** Whether the person may read it. */
  readonly isReadable: boolean;
  /** Whether the administrator may read it himself. */
  readonly isOpen: boolean;
}

const READABLE = readableCollection('c', '$2::uuid', '$3::uuid');
const OPEN = readableCollection('c', '$2::uuid', '$4::uuid');
const LIVE = 'SELECT count(*)::int FROM chunk k WHERE k.document_id = d.id AND k.generation = d.generation';

/** One query, and nothing counted for what is not shown: time would tell, too. */
const COLUMNS = `
  d.id, d.collection_id AS "collectionId", d.status, d.generation, d.failure_code AS "failureCode",
  (${LIVE}) AS passages, (${LIVE} AND NOT k.is_disabled) AS enabled`;
const FROM_ONE = `
    FROM document d JOIN collection c ON c.id = d.collection_id
   WHERE d.id = $1 AND d.deleted_at IS NULL AND c.deleted_at IS NULL AND d.organization_id = $2`;
const EXPECTED = `SELECT ${COLUMNS} ${FROM_ONE} AND ${READABLE}`;
const ADMINISTERED = `SELECT ${COLUMNS}, (${READABLE}) AS "isReadable", (${OPEN}) AS "isOpen" ${FROM_ONE}`;

/** Looks up the document somebody expected to find. */
@Injectable()
export class ExpectedDocuments {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * For an administrator who asks for himself, too.
   * @throws DocumentNotFoundError also when it exists and the caller may not know
   */
  async get({ id: callerId, organizationId }: Principal, id: string): Promise<ExpectedDocument> {
    const [document] = await this.uow.query<ExpectedDocument>(EXPECTED, [id, organizationId, callerId]);
    if (!document) throw new DocumentNotFoundError(id);
    return document;
  }

  /** Also one that neither of both may read: that it is there is told under `/admin/documents`. @throws DocumentNotFoundError */
  async getAdministered({ administrator, person }: AskedFor, id: string): Promise<AdministeredDocument> {
    const of = [id, person.organizationId, person.id, administrator.id];
    const [document] = await this.uow.query<AdministeredDocument>(ADMINISTERED, of);
    if (!document) throw new DocumentNotFoundError(id);
    return document;
  }
}

const RULES: readonly (readonly [ExplainedStage, (document: ExpectedDocument) => boolean])[] = [
  ['quarantined', (document) => isQuarantined(document)],
  ['failed', ({ generation, status }) => generation === 0 && status === 'failed'],
  ['not_ready', ({ generation }) => generation === 0],
  ['no_text', ({ passages }) => passages === 0],
  ['disabled', ({ enabled }) => enabled === 0],
];

/** Why no search at all can find a document; undefined when one can. */
export const stageBeforeSearch = (document: ExpectedDocument): ExplainedStage | undefined =>
  RULES.find(([, holds]) => holds(document))?.[0];
