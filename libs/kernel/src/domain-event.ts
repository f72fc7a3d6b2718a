/**
 * What happened, by type: ids and figures only, never texts, names or addresses, because events leave the product. Whoever
 * needs more asks the API, which checks what he may see.
 */
export interface DomainEventData {
  'document.ready': { readonly documentId: string; readonly collectionId: string; readonly chunkCount: number };
  'document.failed': { readonly documentId: string; readonly collectionId: string; readonly failureCode: string };
  /** Follows `document.failed`; the score is 0..1. */
  'document.quarantined': { readonly documentId: string; readonly collectionId: string; readonly score: number };
  'document.deleted': { readonly documentId: string; readonly collectionId: string };
  'collection.deleted': { readonly collectionId: string };
  'message.completed': {
    readonly messageId: string;
    readonly conversationId: string;
    readonly status: string;
    readonly grounded: boolean;
    readonly citations: number;
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly totalMs: number | null;
  };
  'feedback.received': {
    readonly messageId: string;
    readonly conversationId: string;
    readonly rating: string;
    readonly hasComment: boolean;
  };
  'user.created': { readonly userId: string; readonly role: string };
  'user.deleted': { readonly userId: string };
  /** Threshold in percent; amounts of the month in the currency of the installation. */
  'budget.threshold_reached': {
    readonly budgetId: string;
    readonly threshold: number;
    readonly amount: number;
    readonly spent: number;
  };
}

export type DomainEventType = keyof DomainEventData;

/** Every type there is; the compiler sees to it that none is missing. */
const TYPES: Readonly<Record<DomainEventType, true>> = {
  'document.ready': true,
  'document.failed': true,
  'document.quarantined': true,
  'document.deleted': true,
  'collection.deleted': true,
  'message.completed': true,
  'feedback.received': true,
  'user.created': true,
  'user.deleted': true,
  'budget.threshold_reached': true,
};
export const DOMAIN_EVENT_TYPES = Object.keys(TYPES) as readonly DomainEventType[];

/** Something that happened in one organization. */
export type DomainEvent = {
  [Type in DomainEventType]: {
    readonly type: Type;
    readonly organizationId: string;
    readonly data: DomainEventData[Type];
  };
}[DomainEventType];
