import { defineError, DomainError } from '#libs/kernel';

import type { JobState } from './job.entity';

/** What was asked for is not possible in the state the job is in; nothing was changed. */
export class JobStateError extends DomainError {
  static override readonly definition = defineError({
    code: 'job.wrong_state',
    kind: 'conflict',
    fr: {
      title: 'État de la tâche',
      detail: 'La tâche est dans l’état « {state} » ; cette action demande : {allowed}.',
    },
    en: { title: 'State of the job', detail: 'The job is in the state "{state}"; this action needs: {allowed}.' },
  });

  constructor(state: JobState, allowed: readonly JobState[]) {
    super({ state, allowed: allowed.join(', ') });
  }
}

/** Jobs of this kind concern every organization, so only a superuser starts them. */
export class JobKindForbiddenError extends DomainError {
  static override readonly definition = defineError({
    code: 'job.kind_forbidden',
    kind: 'forbidden',
    fr: { title: 'Tâche réservée', detail: 'Seul un superutilisateur peut lancer une tâche « {kind} ».' },
    en: { title: 'Reserved job', detail: 'Only a superuser may start a job of the kind "{kind}".' },
  });
}

/** A job that reindexes a collection must be told which. */
export class JobCollectionMissingError extends DomainError {
  static override readonly definition = defineError({
    code: 'job.collection_missing',
    kind: 'invalid',
    fr: { title: 'Collection manquante', detail: 'Une tâche « {kind} » demande « collectionId ».' },
    en: { title: 'Collection missing', detail: 'A job of the kind "{kind}" needs "collectionId".' },
  });
}
