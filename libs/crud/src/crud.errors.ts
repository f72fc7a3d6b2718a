import { defineError, DomainError } from '#libs/kernel';

/** A list was asked to sort, filter or show by a field it does not have. */
export class UnknownQueryFieldError extends DomainError {
  static override readonly definition = defineError({
    code: 'query.unknown_field',
    kind: 'malformed',
    fr: { title: 'Champ inconnu', detail: '« {field} » est inconnu dans « {usage} ». Champs possibles : {allowed}.' },
    en: { title: 'Unknown field', detail: '"{field}" is unknown in "{usage}". Possible fields: {allowed}.' },
  });

  constructor(usage: string, field: string, allowed: readonly string[]) {
    super({ usage, field: field.slice(0, 100), allowed: allowed.join(', ') || '-' });
  }
}

/** A parameter of a list has a value that is not of its type or out of its range. */
export class InvalidQueryValueError extends DomainError {
  static override readonly definition = defineError({
    code: 'query.invalid_value',
    kind: 'malformed',
    fr: { title: 'Valeur refusée', detail: 'Le paramètre « {parameter} » attend : {expected}.' },
    en: { title: 'Value refused', detail: 'The parameter "{parameter}" expects: {expected}.' },
  });

  constructor(parameter: string, expected: string) {
    super({ parameter: parameter.slice(0, 100), expected });
  }
}

/** There is no such row, or the caller may not know of it. */
export class ResourceNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'resource.not_found',
    kind: 'missing',
    fr: { title: 'Introuvable', detail: 'Aucune ressource « {resource} » avec l’identifiant {id}.' },
    en: { title: 'Not found', detail: 'There is no "{resource}" with the id {id}.' },
  });

  constructor(resource: string, id: string) {
    super({ resource, id });
  }
}

/** Somebody changed the row after the caller had read it; nothing was changed. */
export class StaleResourceError extends DomainError {
  static override readonly definition = defineError({
    code: 'resource.stale',
    kind: 'stale',
    fr: {
      title: 'Version dépassée',
      detail: '« {resource} » {id} a changé depuis votre lecture (version {current}). Relisez-la, puis recommencez.',
    },
    en: {
      title: 'Stale version',
      detail: '"{resource}" {id} has changed since you read it (version {current}). Read it again, then retry.',
    },
  });

  constructor(resource: string, id: string, current: number) {
    super({ resource, id, current });
  }
}

/** The caller tried to write a field the resource does not let callers write. */
export class FieldNotWritableError extends DomainError {
  static override readonly definition = defineError({
    code: 'resource.field_not_writable',
    kind: 'malformed',
    fr: { title: 'Champ non modifiable', detail: '« {field} » de « {resource} » ne peut pas être écrit.' },
    en: { title: 'Field not writable', detail: '"{field}" of "{resource}" cannot be written.' },
  });

  constructor(resource: string, field: string) {
    super({ resource, field: field.slice(0, 100) });
  }
}

/** Another row already has a value that must be unique. */
export class DuplicateResourceError extends DomainError {
  static override readonly definition = defineError({
    code: 'resource.duplicate',
    kind: 'conflict',
    fr: { title: 'Déjà pris', detail: 'Une autre ressource « {resource} » a déjà cette valeur unique.' },
    en: { title: 'Already taken', detail: 'Another "{resource}" already has this unique value.' },
  });
}

/** Other rows still refer to this one, or it refers to one that does not exist. */
export class ResourceReferencedError extends DomainError {
  static override readonly definition = defineError({
    code: 'resource.referenced',
    kind: 'conflict',
    fr: { title: 'Référence', detail: '« {resource} » est encore utilisée ailleurs, ou désigne ce qui n’existe pas.' },
    en: { title: 'Reference', detail: '"{resource}" is still used elsewhere, or refers to what does not exist.' },
  });
}

/** More rows than one export holds; nothing was sent. */
export class ExportTooLargeError extends DomainError {
  static override readonly definition = defineError({
    code: 'export.too_large',
    kind: 'invalid',
    fr: {
      title: 'Export trop grand',
      detail: 'Un export contient au plus {max} lignes ; restreignez-le par des filtres.',
    },
    en: { title: 'Export too large', detail: 'An export holds at most {max} rows; narrow it down by filters.' },
  });

  constructor(max: number) {
    super({ max });
  }
}

/** `If-Match` holds something that is not an ETag of ours. */
export class InvalidIfMatchError extends DomainError {
  static override readonly definition = defineError({
    code: 'request.if_match_invalid',
    kind: 'malformed',
    fr: { title: 'If-Match invalide', detail: 'If-Match attend l’ETag reçu à la lecture, comme W/"3", ou *.' },
    en: { title: 'Invalid If-Match', detail: 'If-Match expects the ETag received when reading, such as W/"3", or *.' },
  });
}
