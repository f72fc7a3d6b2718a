import { defineError, DomainError } from '#libs/kernel';

/** A secret of the database does not open: it was altered, or the key it was sealed with is no longer configured. */
export class SealedSecretUnreadableError extends DomainError {
  static override readonly definition = defineError({
    code: 'secret.unreadable',
    kind: 'internal',
    fr: {
      title: 'Secret illisible',
      detail: 'Un secret enregistré ne peut pas être lu ; vérifiez les clés de chiffrement.',
    },
    en: { title: 'Unreadable secret', detail: 'A stored secret cannot be read; check the encryption keys.' },
  });
}
