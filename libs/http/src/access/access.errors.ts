import { defineError, DomainError } from '#libs/kernel';

import type { Feature } from './features';
import type { Flag } from './flags';
import type { Scope } from './scopes';

/** The route needs a signed-in caller and the request carries no usable credentials. */
export class AuthenticationRequiredError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.required',
    kind: 'unauthenticated',
    fr: { title: 'Connexion requise', detail: 'Cette action demande un jeton d’accès valide (Authorization: Bearer).' },
    en: { title: 'Sign-in required', detail: 'This action needs a valid access token (Authorization: Bearer).' },
  });
}

/** The caller is known and has a lower role than the route demands. */
export class AccessForbiddenError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.forbidden',
    kind: 'forbidden',
    fr: { title: 'Accès refusé', detail: 'Votre rôle ne permet pas cette action.' },
    en: { title: 'Access denied', detail: 'Your role does not allow this action.' },
  });
}

/** An API key calls a route that no key may call, or one whose scope it was not given. */
export class ScopeMissingError extends DomainError {
  static override readonly definition = defineError({
    code: 'auth.scope_missing',
    kind: 'forbidden',
    fr: {
      title: 'Portée manquante',
      detail: 'Cette clé d’API ne permet pas cette action. Portée demandée : {scope}.',
    },
    en: { title: 'Missing scope', detail: 'This API key does not allow this action. Scope needed: {scope}.' },
  });

  /** @param scope undefined when no API key may call the route */
  constructor(scope: Scope | undefined) {
    super({ scope: scope ?? '—' });
  }
}

/** The rules on addresses do not let this one in. Neither rule nor route is named: the answer is for strangers, too. */
export class AddressRefusedError extends DomainError {
  static override readonly definition = defineError({
    code: 'ip.refused',
    kind: 'forbidden',
    fr: {
      title: 'Adresse refusée',
      detail:
        'Cette action n’est pas ouverte à votre adresse réseau. Passez par le réseau de votre organisation, ou adressez-vous à votre administrateur.',
    },
    en: {
      title: 'Address refused',
      detail:
        'This action is not open to your network address. Use the network of your organization, or ask your administrator.',
    },
  });
}

/** The plan of the organization does not have what the route is for. */
export class FeatureMissingError extends DomainError {
  static override readonly definition = defineError({
    code: 'plan.feature_missing',
    kind: 'forbidden',
    fr: {
      title: 'Non compris dans votre offre',
      detail: 'L’offre de votre organisation ne comprend pas « {feature} ». Un administrateur peut en changer.',
    },
    en: {
      title: 'Not in your plan',
      detail: 'The plan of your organization does not include "{feature}". An administrator can change it.',
    },
  });

  constructor(feature: Feature) {
    super({ feature });
  }
}

/** An administrator has closed to the caller what the route is for. */
export class FeatureClosedError extends DomainError {
  static override readonly definition = defineError({
    code: 'feature.closed',
    kind: 'forbidden',
    fr: {
      title: 'Fonction fermée',
      detail:
        'Votre administrateur ne vous a pas ouvert cette fonction ({flag}). GET /me/features dit ce qui vous est ouvert.',
    },
    en: {
      title: 'Closed',
      detail: 'Your administrator has not opened this to you ({flag}). GET /me/features tells what is open to you.',
    },
  });

  constructor(flag: Flag) {
    super({ flag });
  }
}
