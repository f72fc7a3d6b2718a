import { defineError, DomainError } from '#libs/kernel';

/** The document looks like an attack on the assistant. A failure of its ingestion, until an administrator releases it. */
export class DocumentQuarantinedError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.quarantined',
    kind: 'invalid',
    fr: {
      title: 'Document en quarantaine',
      detail:
        'Ce document contient des passages cachés ou adressés à l’assistant, comme en portent les documents piégés. Ni la recherche ni les réponses ne l’utilisent. Un administrateur peut l’examiner et le libérer.',
    },
    en: {
      title: 'Document in quarantine',
      detail:
        'This document holds passages that are hidden or addressed to the assistant, as poisoned documents do. Neither search nor answers use it. An administrator can examine and release it.',
    },
  });
}

/** A release is asked for a document that is not in quarantine. Details: `id`. */
export class DocumentNotQuarantinedError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.not_quarantined',
    kind: 'conflict',
    fr: { title: 'Document hors quarantaine', detail: 'Le document {id} n’est pas en quarantaine.' },
    en: { title: 'Document not in quarantine', detail: 'The document {id} is not in quarantine.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** The document was not screened: its text was not extracted yet, or before there was screening. Details: `id`. */
export class DocumentNotScreenedError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.not_screened',
    kind: 'missing',
    fr: {
      title: 'Document non examiné',
      detail: 'Le document {id} n’a pas été examiné. Attendez la fin de son traitement ou réindexez-le.',
    },
    en: {
      title: 'Document not screened',
      detail: 'The document {id} was not screened. Wait until its ingestion ends, or reindex it.',
    },
  });

  constructor(id: string) {
    super({ id });
  }
}
