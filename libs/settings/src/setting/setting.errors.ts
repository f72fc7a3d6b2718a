import { defineError, DomainError } from '#libs/kernel';

/** Only what the catalogue lists can be set. */
export class UnknownSettingError extends DomainError {
  static override readonly definition = defineError({
    code: 'setting.unknown',
    kind: 'invalid',
    fr: {
      title: 'Paramètre inconnu',
      detail: 'Le paramètre « {key} » n’existe pas ; GET /admin/settings/catalogue les énumère.',
    },
    en: {
      title: 'Unknown setting',
      detail: 'There is no setting "{key}"; GET /admin/settings/catalogue lists them.',
    },
  });
}

/** The configuration would refuse this value at the start, so it is refused here. The value itself is not repeated. */
export class SettingValueRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'setting.value_refused',
    kind: 'invalid',
    fr: { title: 'Valeur refusée', detail: 'La valeur du paramètre « {key} » est refusée : {reason}.' },
    en: { title: 'Value refused', detail: 'The value of the setting "{key}" is refused: {reason}.' },
  });
}

/** Former values of secrets are not kept, and a deletion has no value. */
export class SettingNotRevertibleError extends DomainError {
  static override readonly definition = defineError({
    code: 'setting.not_revertible',
    kind: 'conflict',
    fr: {
      title: 'Retour impossible',
      detail: 'Cette version n’a pas de valeur à reprendre : les anciens secrets ne sont pas conservés.',
    },
    en: {
      title: 'Cannot be reverted',
      detail: 'This version has no value to go back to: former secrets are not kept.',
    },
  });
}
