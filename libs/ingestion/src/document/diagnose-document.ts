import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, renderErrorText, type ErrorDetails, type Locale } from '#libs/kernel';

import { ATTEMPT_DEAD_SECONDS } from '../pipeline/attempt-heartbeat';
import { INGEST_DOCUMENT } from '../pipeline/ingestion.queues';
import { DIAGNOSIS_TEXTS, STEP_NAMES } from './diagnosis-texts';
import type { Diagnosis, DiagnosisView } from './diagnosis.view';
import { DocumentAccess } from './document-access';
import { isFinalStatus, type DocumentStatus } from './document-status';
import { failureText } from './failure-texts';

/** No job of the organization has begun for so long while a document waits: a worker looks every few seconds. */
const SILENCE_SECONDS = 120;

/** What is known of a document, of its job and of those who work. */
interface Facts {
  readonly status: DocumentStatus;
  readonly progress: number;
  readonly failureCode: string | null;
  readonly failureDetails: ErrorDetails | null;
  readonly attempts: number;
  readonly attemptAt: Date | null;
  readonly isPaused: boolean;
  readonly ahead: number;
  /** When its job is due; null without one. */
  readonly dueAt: Date | null;
  /** When the last job of the organization began. */
  readonly lastStartAt: Date | null;
  readonly updatedAt: Date;
}

const FACTS = `
  SELECT d.status, d.progress, d.failure_code AS "failureCode", d.failure_details AS "failureDetails", d.attempts,
         d.attempt_at AS "attemptAt", c.paused_at IS NOT NULL AS "isPaused", d.updated_at AS "updatedAt",
         (SELECT count(*)::int FROM document o
           WHERE o.organization_id = d.organization_id AND o.status NOT IN ('ready', 'failed') AND o.deleted_at IS NULL
             AND (o.created_at, o.id) < (d.created_at, d.id)) AS ahead,
         (SELECT min(j.due_at) FROM job_overview j
           WHERE j.queue = $2 AND j.subject_id = d.id::text AND j.state IN ('created', 'retry')) AS "dueAt",
         (SELECT max(j.started_at) FROM job_overview j WHERE j.queue = $2) AS "lastStartAt"
    FROM document d JOIN collection c ON c.id = d.collection_id
   WHERE d.id = $1`;

/** Use case: says in words what a document waits for, and what one can do. */
@Injectable()
export class DiagnoseDocument {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: DocumentAccess,
    private readonly clock: Clock,
  ) {}

  /** @throws DocumentNotFoundError */
  async execute(principal: Principal, documentId: string, locale: Locale): Promise<DiagnosisView> {
    await this.access.getReadable(principal, documentId);
    const [facts] = await this.uow.query<Facts>(FACTS, [documentId, INGEST_DOCUMENT.name]);
    if (!facts) throw new Error('A document that was just read has no row');
    const diagnosis = diagnose(facts, this.clock.now());
    const isDone = isFinalStatus(facts.status);
    return {
      diagnosis,
      ...inWords(diagnosis, facts, locale),
      attempts: facts.attempts,
      ahead: isDone ? 0 : facts.ahead,
      nextAttemptAt: facts.status === 'queued' ? iso(facts.dueAt) : null,
      lastSignOfLifeAt: isDone ? null : iso(facts.attemptAt),
    };
  }
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;
const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1_000;

/** The first that holds. */
const diagnose = (facts: Facts, now: Date): Diagnosis => {
  if (facts.status === 'ready' || facts.status === 'failed') return facts.status;
  return facts.status === 'queued' ? diagnoseWaiting(facts, now) : diagnoseRunning(facts, now);
};

const diagnoseRunning = ({ attemptAt }: Facts, now: Date): Diagnosis =>
  attemptAt !== null && secondsBetween(attemptAt, now) < ATTEMPT_DEAD_SECONDS ? 'being_ingested' : 'interrupted';

const diagnoseWaiting = (facts: Facts, now: Date): Diagnosis => {
  if (facts.isPaused) return 'paused';
  if (facts.failureCode !== null) return 'waiting_for_retry';
  return somebodyWorks(facts, now) ? 'waiting_for_turn' : 'waiting_for_worker';
};

/** One that was queued just now says nothing of the workers yet. */
const somebodyWorks = ({ updatedAt, lastStartAt }: Facts, now: Date): boolean =>
  [updatedAt, lastStartAt].some((at) => at !== null && secondsBetween(at, now) < SILENCE_SECONDS);

const inWords = (
  diagnosis: Diagnosis,
  { status, progress, failureCode, failureDetails, ahead, dueAt, attemptAt }: Facts,
  locale: Locale,
): Pick<DiagnosisView, 'explanation' | 'advice'> => {
  const { explanation, advice } = DIAGNOSIS_TEXTS[locale][diagnosis];
  const at = diagnosis === 'waiting_for_retry' ? dueAt : attemptAt;
  const details = {
    reason: failureCode === null ? '' : failureText(failureCode, failureDetails, locale),
    at: at?.toISOString().slice(11, 19) ?? '-',
    ahead,
    step: STEP_NAMES[locale][status] ?? status,
    percent: Math.round(progress * 100),
  };
  return { explanation: renderErrorText(explanation, details), advice };
};
