export type AuditOutcome = 'succeeded' | 'refused' | 'failed';

/** What somebody did, as the code that does it tells it. Who, from where and in which request is completed by the trail. */
export interface AuditRecord {
  /** Stable words, `subject.pastParticiple`: `collection.created`, `document.downloaded`. */
  readonly action: string;
  /** Kind of the thing that was acted on, singular: `collection`. */
  readonly resource: string;
  readonly resourceId?: string | undefined;
  /** Ids, names and settings before the act; never texts of documents or questions. Secrets are masked by their name. */
  readonly before?: object | undefined;
  /** The same after the act. */
  readonly after?: object | undefined;
  readonly outcome: AuditOutcome;
  /** Whose chain the entry joins; the caller's organization when left out, the platform's when there is no caller. */
  readonly organizationId?: string | undefined;
  /** Who acted; the caller of the request when left out. */
  readonly actorId?: string | undefined;
  /** Anything else worth knowing, such as the reason of a refusal. */
  readonly details?: object | undefined;
}
