import { defineError, DomainError } from '#libs/kernel';

/** A citation failed the last look: its quote is not in the source at its offsets. A bug, never the caller's fault. */
export class CitationNotVerbatimError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.citation_not_verbatim',
    kind: 'internal',
    fr: {
      title: 'Citation non vérifiable',
      detail: 'Une citation ne correspond pas à sa source ; elle n’est pas montrée.',
    },
    en: { title: 'Unverifiable citation', detail: 'A citation does not match its source; it is not shown.' },
  });
}

/** Only answers can be followed, rated, stopped or written again; the message is a question. Details: `id`. */
export class NotAnAnswerError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.not_an_answer',
    kind: 'invalid',
    fr: {
      title: 'Ce message n’est pas une réponse',
      detail: 'Le message {id} est une question ; donnez celui d’une réponse.',
    },
    en: { title: 'Not an answer', detail: 'The message {id} is a question; give that of an answer.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** Only questions can be edited; the message is an answer. Details: `id`. */
export class NotAQuestionError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.not_a_question',
    kind: 'invalid',
    fr: {
      title: 'Ce message n’est pas une question',
      detail: 'Le message {id} est une réponse ; seules les questions se modifient.',
    },
    en: { title: 'Not a question', detail: 'The message {id} is an answer; only questions can be edited.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** The answer to follow up on is still being written. Details: `id`. */
export class AnswerInProgressError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.answer_in_progress',
    kind: 'conflict',
    fr: { title: 'Réponse en cours', detail: 'La réponse {id} est en cours d’écriture ; attendez-la ou arrêtez-la.' },
    en: { title: 'Answer in progress', detail: 'The answer {id} is still being written; wait for it or stop it.' },
  });

  constructor(id: string) {
    super({ id });
  }
}

/** What a failed message names when the process that wrote it ended; never thrown. */
export class AnswerInterruptedError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.answer_interrupted',
    kind: 'unavailable',
    fr: {
      title: 'Réponse interrompue',
      detail: 'Le serveur s’est arrêté pendant l’écriture ; demandez une nouvelle réponse.',
    },
    en: { title: 'Answer interrupted', detail: 'The server stopped while writing; ask for a new answer.' },
  });
}

/** Seconds after which it is worth asking again: most answers take less. */
const RETRY_AFTER_SECONDS = 10;

/** The caller has as many answers being written as anybody may. */
export class TooManyAnswersError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.too_many_answers',
    kind: 'limited',
    fr: {
      title: 'Trop de réponses en cours',
      detail: 'Vous avez déjà trop de réponses en cours d’écriture ; attendez-en une ou arrêtez-la.',
    },
    en: {
      title: 'Too many answers in progress',
      detail: 'You already have too many answers being written; wait for one or stop it.',
    },
  });

  constructor() {
    super({ retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

/** There is no answer yet, or it is still being written. */
export class NothingToShareError extends DomainError {
  static override readonly definition = defineError({
    code: 'share.nothing_to_share',
    kind: 'conflict',
    fr: { title: 'Rien à partager', detail: 'La conversation n’a pas encore de réponse achevée.' },
    en: { title: 'Nothing to share', detail: 'The conversation has no finished answer yet.' },
  });
}

/** The organization shares conversations inside only. */
export class PublicLinksClosedError extends DomainError {
  static override readonly definition = defineError({
    code: 'share.public_closed',
    kind: 'forbidden',
    fr: {
      title: 'Liens publics fermés',
      detail: 'Votre organisation n’autorise pas les liens publics ; partagez avec vos collègues.',
    },
    en: {
      title: 'Public links are closed',
      detail: 'Your organization does not allow public links; share with colleagues.',
    },
  });
}

/** There is no such link, it has ended, or it is not for the caller. */
export class ShareNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'share.not_found',
    kind: 'missing',
    fr: { title: 'Lien introuvable', detail: 'Ce lien n’existe pas, a expiré ou a été fermé.' },
    en: { title: 'Link not found', detail: 'This link does not exist, has expired or was closed.' },
  });
}

/** The conversation is private, and not open to the administrator who asks. */
export class ConversationSealedError extends DomainError {
  static override readonly definition = defineError({
    code: 'conversation.sealed',
    kind: 'forbidden',
    fr: {
      title: 'Conversation scellée',
      detail:
        'Cette conversation est privée. Pour la lire, ouvrez-la par un bris de glace (break-glass) : motif, durée limitée, et l’utilisateur en est averti.',
    },
    en: {
      title: 'Conversation sealed',
      detail:
        'This conversation is private. To read it, break the glass (break-glass): with a reason, for a limited time, and the user is told.',
    },
  });
}

/** A conversation has its assistant already. */
export class AssistantOfConversationError extends DomainError {
  static override readonly definition = defineError({
    code: 'chat.assistant_of_conversation',
    kind: 'invalid',
    fr: {
      title: 'Assistant déjà choisi',
      detail:
        'La conversation a déjà son assistant. Retirez assistantId, ou changez celui de la conversation (PATCH /conversations/:id).',
    },
    en: {
      title: 'Assistant chosen already',
      detail:
        'The conversation has its assistant already. Leave assistantId out, or change that of the conversation (PATCH /conversations/:id).',
    },
  });
}

/** Drawing it would hold up others. */
export class ConversationTooLongError extends DomainError {
  static override readonly definition = defineError({
    code: 'conversation.too_long_for_pdf',
    kind: 'conflict',
    fr: {
      title: 'Conversation trop longue',
      detail:
        'Un PDF tient au plus {limit} caractères. Exportez cette conversation en Markdown ou en JSON (format=md, format=json).',
    },
    en: {
      title: 'Conversation too long',
      detail:
        'A PDF holds {limit} characters at most. Export this conversation as Markdown or JSON (format=md, format=json).',
    },
  });
}
