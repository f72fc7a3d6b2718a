import { defineError, DomainError } from '#libs/kernel';

/** The change would refuse whoever makes it; nothing was changed. */
export class IpLockOutError extends DomainError {
  static override readonly definition = defineError({
    code: 'ip.would_lock_out',
    kind: 'conflict',
    fr: {
      title: 'Vous vous excluriez',
      detail:
        'Avec ce changement, l’administration serait fermée à votre propre adresse {address}. Autorisez-la d’abord. Rien n’a été changé.',
    },
    en: {
      title: 'You would lock yourself out',
      detail:
        'With this change the administration would be closed to your own address {address}. Allow it first. Nothing was changed.',
    },
  });
}

/** Every request goes through the rules, so their number is bounded. */
export class TooManyIpRulesError extends DomainError {
  static override readonly definition = defineError({
    code: 'ip.too_many_rules',
    kind: 'conflict',
    fr: {
      title: 'Trop de règles',
      detail: 'Il y a déjà {limit} règles. Supprimez-en, ou réunissez des plages voisines.',
    },
    en: {
      title: 'Too many rules',
      detail: 'There are {limit} rules already. Delete some, or join neighbouring ranges.',
    },
  });
}
