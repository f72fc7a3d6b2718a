import { defineError, DomainError } from '#libs/kernel';

/** The key is malformed, unknown, wrong, deleted, or its owner is disabled: which of these is nobody's business. */
export class ApiKeyInvalidError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.invalid',
    kind: 'unauthenticated',
    fr: { title: 'Clé d’API invalide', detail: 'Cette clé d’API n’est pas ou plus valide.' },
    en: { title: 'Invalid API key', detail: 'This API key is not valid or no longer so.' },
  });
}

/** The key, or the secret it had before a rotation, is too old. Told only to who presents the right secret. */
export class ApiKeyExpiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.expired',
    kind: 'unauthenticated',
    fr: { title: 'Clé d’API expirée', detail: 'Cette clé d’API a expiré le {expiredAt}. Créez-en une autre.' },
    en: { title: 'API key expired', detail: 'This API key expired at {expiredAt}. Create another one.' },
  });
}

/** The key is right and comes from an address outside its allow-list. */
export class ApiKeyAddressError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.address_not_allowed',
    kind: 'forbidden',
    fr: { title: 'Adresse refusée', detail: 'Cette clé d’API n’est pas acceptée depuis cette adresse IP.' },
    en: { title: 'Address refused', detail: 'This API key is not accepted from this IP address.' },
  });
}

/** Nobody can give a key a right he has not. */
export class ApiKeyScopeNotAllowedError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.scope_not_allowed',
    kind: 'forbidden',
    fr: { title: 'Portée refusée', detail: 'Votre rôle ne permet pas de donner la portée {scope} à une clé.' },
    en: { title: 'Scope refused', detail: 'Your role does not let you give a key the scope {scope}.' },
  });
}

/** A key that tells what is private to a person is held by that person alone. */
export class ApiKeyPrivateScopeError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.private_scope',
    kind: 'forbidden',
    fr: {
      title: 'Portée privée',
      detail:
        'La portée {scope} donne accès à ce qui est privé : seul le titulaire du compte peut recevoir le secret d’une telle clé.',
    },
    en: {
      title: 'Private scope',
      detail: 'The scope {scope} opens what is private: only the owner of the account may be shown such a key.',
    },
  });
}

/** The wanted end is past or too far away. */
export class ApiKeyExpiryError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.expiry_invalid',
    kind: 'invalid',
    fr: { title: 'Échéance refusée', detail: 'expiresAt doit être dans le futur, au plus tard dans {days} jours.' },
    en: { title: 'Expiry refused', detail: 'expiresAt must be in the future, at most {days} days from now.' },
  });
}

/** A person has enough keys; unused ones are to be deleted. */
export class ApiKeyLimitError extends DomainError {
  static override readonly definition = defineError({
    code: 'api_key.limit_reached',
    kind: 'conflict',
    fr: { title: 'Trop de clés d’API', detail: 'Vous avez déjà {limit} clés d’API ; supprimez-en une.' },
    en: { title: 'Too many API keys', detail: 'You already have {limit} API keys; delete one.' },
  });
}
