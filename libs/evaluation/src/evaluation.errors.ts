import { defineError, DomainError } from '#libs/kernel';

/** A line of an import cannot be read; nothing was imported. Details: `line`, `reason`. */
export class ImportRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.import_refused',
    kind: 'invalid',
    fr: { title: 'Import refusé', detail: 'Ligne {line} : {reason}. Rien n’a été importé.' },
    en: { title: 'Import refused', detail: 'Line {line}: {reason}. Nothing was imported.' },
  });
}

/** A golden set is full. Details: `maximum`. */
export class TooManyQuestionsError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.too_many_questions',
    kind: 'conflict',
    fr: { title: 'Trop de questions', detail: 'Un jeu de référence compte au plus {maximum} questions.' },
    en: { title: 'Too many questions', detail: 'A golden set holds at most {maximum} questions.' },
  });
}

/** The rated conversation belongs to somebody else and is not open to the caller. */
export class FeedbackSealedError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.feedback_sealed',
    kind: 'forbidden',
    fr: {
      title: 'Conversation privée',
      detail: 'La question est celle de quelqu’un d’autre ; ouvrez d’abord la conversation, avec un motif.',
    },
    en: {
      title: 'Private conversation',
      detail: 'The question is somebody else’s; open the conversation first, with a reason.',
    },
  });
}

/** A golden set without questions measures nothing. */
export class NoQuestionsError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.no_questions',
    kind: 'conflict',
    fr: { title: 'Aucune question', detail: 'Ajoutez d’abord des questions à ce jeu de référence.' },
    en: { title: 'No questions', detail: 'Add questions to this golden set first.' },
  });
}

/** Only evaluations that ran to their end can be compared or applied. */
export class EvaluationUnfinishedError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.unfinished',
    kind: 'conflict',
    fr: { title: 'Évaluation inachevée', detail: 'L’évaluation {id} n’est pas allée à son terme.' },
    en: { title: 'Evaluation unfinished', detail: 'The evaluation {id} did not run to its end.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** The two evaluations asked different questions. */
export class EvaluationsNotComparableError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.not_comparable',
    kind: 'conflict',
    fr: { title: 'Évaluations non comparables', detail: 'Les deux évaluations ne portent pas sur le même jeu.' },
    en: { title: 'Evaluations not comparable', detail: 'The two evaluations are not of the same golden set.' },
  });
}

/** An evaluation that tried nothing has nothing to apply. */
export class NothingToApplyError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.nothing_to_apply',
    kind: 'conflict',
    fr: { title: 'Rien à appliquer', detail: 'Cette évaluation n’a essayé aucun réglage.' },
    en: { title: 'Nothing to apply', detail: 'This evaluation tried no settings.' },
  });
}

/** The settings fare worse than the baseline by more than the margin; nothing was changed. Details: `figures`. */
export class EvaluationWorseError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.worse',
    kind: 'conflict',
    fr: { title: 'Réglages moins bons', detail: 'Moins bon que la référence : {figures}. Rien n’a changé.' },
    en: { title: 'Worse settings', detail: 'Worse than the baseline: {figures}. Nothing was changed.' },
  });
}

/** What a failed evaluation names when whoever asked for it may no longer evaluate; never thrown over HTTP. */
export class EvaluatorGoneError extends DomainError {
  static override readonly definition = defineError({
    code: 'evaluation.evaluator_gone',
    kind: 'forbidden',
    fr: { title: 'Évaluation sans demandeur', detail: 'Qui l’a demandée n’administre plus cette organisation.' },
    en: {
      title: 'Evaluation without evaluator',
      detail: 'Whoever asked for it no longer administers this organization.',
    },
  });
}
