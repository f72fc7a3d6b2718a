import {
  ApiKeyConfig,
  AuthConfig,
  HttpConfig,
  MailConfig,
  ObservabilityConfig,
  RegistrationConfig,
  ScreeningConfig,
  variablesOf,
  WebhookConfig,
} from '#libs/config';

import { UnknownSettingError } from './setting.errors';
import { secretSetting, setting, type SettingDefinition } from './setting-definition';

/**
 * What can be set at run time. Only properties that are read anew each time they count; one that is read at the start alone
 * does not belong here. docs/technical/settings.md holds the same list, checked by a test.
 */
export const SETTINGS: readonly SettingDefinition[] = [
  setting('registration.mode', RegistrationConfig, 'registration', [
    'Qui peut créer un compte : open (tous), invite (les invités) ou closed (personne)',
    'Who may create an account: open (anyone), invite (who was invited) or closed (nobody)',
  ]),
  setting('registration.domains', RegistrationConfig, 'domains', [
    'Domaines des adresses admises à l’inscription ; tous si la liste est vide',
    'Domains of e-mail addresses that may register; any when empty',
  ]),
  setting('locale.default', HttpConfig, 'defaultLocale', [
    'Langue des textes quand le client n’en demande aucune',
    'Language of texts when the client names none',
  ]),
  setting('uploads.maxMegabytes', HttpConfig, 'maxUploadMb', [
    'Taille maximale d’un fichier envoyé, en Mio',
    'Largest file that can be uploaded, in MiB',
  ]),
  setting('screening.quarantinePercent', ScreeningConfig, 'quarantinePercent', [
    'Score d’examen, en pour cent, au-dessus duquel un document est mis en quarantaine ; 100 : jamais',
    'Score of the screening, in percent, above which a document is put into quarantine; 100: never',
  ]),
  setting('rateLimit.perMinute', HttpConfig, 'rateLimitPerMinute', [
    'Requêtes par minute et par appelant, quand son offre ne dit rien',
    'Requests a caller may make per minute, when the plan does not say',
  ]),
  setting('auth.accessTokenSeconds', AuthConfig, 'accessTokenSeconds', [
    'Durée de vie d’un jeton d’accès, en secondes ; vaut pour les prochains jetons',
    'Life of an access token in seconds; counts for tokens made from now on',
  ]),
  setting('auth.refreshTokenDays', AuthConfig, 'refreshTokenDays', [
    'Durée de vie d’un jeton de renouvellement inutilisé, en jours',
    'Life of an unused refresh token in days',
  ]),
  setting('auth.refreshGraceSeconds', AuthConfig, 'refreshGraceSeconds', [
    'Délai, en secondes, où un second usage du même jeton de renouvellement donne la même paire',
    'Seconds in which a second use of a refresh token gets the same pair',
  ]),
  setting('auth.mfaRequiredRoles', AuthConfig, 'mfaRequiredRoles', [
    'Rôles tenus d’utiliser un second facteur',
    'Roles that must use a second factor',
  ]),
  setting('apiKeys.maxDays', ApiKeyConfig, 'maxDays', [
    'Durée de vie maximale d’une clé d’API, en jours',
    'Longest life of an API key in days',
  ]),
  setting('webhooks.allowedRanges', WebhookConfig, 'allowedRanges', [
    'Plages privées que les webhooks peuvent joindre',
    'Private ranges webhooks may reach',
  ]),
  setting('webhooks.disableAfterDays', WebhookConfig, 'disableAfterDays', [
    'Jours d’échec après lesquels un webhook est désactivé',
    'Days of failure after which a webhook is switched off',
  ]),
  setting('mail.from', MailConfig, 'mailFrom', ['Expéditeur des courriels', 'Sender of mails']),
  setting('mail.publicUrl', MailConfig, 'publicUrl', [
    'Adresse de l’application web, pour les liens des courriels',
    'Address of the web application, for the links in mails',
  ]),
  secretSetting('mail.smtpUrl', MailConfig, 'smtpUrl', [
    'Serveur de courriel avec son mot de passe, smtps://utilisateur:motdepasse@hote:465',
    'Mail server with its password, smtps://user:password@host:465',
  ]),
  secretSetting('metrics.token', ObservabilityConfig, 'metricsToken', [
    'Jeton que /metrics demande',
    'Bearer token that /metrics asks for',
  ]),
];

export const findSetting = (key: string): SettingDefinition | undefined =>
  SETTINGS.find((candidate) => candidate.key === key);

/** @throws UnknownSettingError */
export const getSetting = (key: string): SettingDefinition => {
  const found = findSetting(key);
  if (!found) throw new UnknownSettingError({ key });
  return found;
};

/** Name of the environment variable a setting stands before. */
export const variableOf = ({ config, property, key }: SettingDefinition): string => {
  const variable = variablesOf(config).find((candidate) => candidate.property === property);
  if (!variable) throw new Error(`The setting ${key} has no variable`);
  return variable.name;
};
