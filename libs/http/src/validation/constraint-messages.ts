import type { Locale } from '#libs/kernel';

type Texts = Readonly<Record<Locale, string>>;

/** `{0}`, `{1}` are the arguments of the rule. Rules are named as in class-validator, which clients see as `code`. */
const MESSAGES: Readonly<Record<string, Texts>> = {
  unknownField: { fr: 'ce champ n’existe pas', en: 'this field does not exist' },
  isDefined: { fr: 'ce champ est obligatoire', en: 'this field is required' },
  isNotEmpty: { fr: 'ne doit pas être vide', en: 'must not be empty' },
  isString: { fr: 'doit être un texte', en: 'must be a string' },
  isNumber: { fr: 'doit être un nombre', en: 'must be a number' },
  maxDecimals: {
    fr: 'doit être un nombre avec au plus {0} décimales',
    en: 'must be a number with at most {0} decimals',
  },
  isInt: { fr: 'doit être un nombre entier', en: 'must be an integer' },
  isPositive: { fr: 'doit être strictement positif', en: 'must be a positive number' },
  isBoolean: { fr: 'doit être vrai ou faux (true, false)', en: 'must be true or false' },
  isArray: { fr: 'doit être une liste', en: 'must be a list' },
  isObject: { fr: 'doit être un objet', en: 'must be an object' },
  isDate: { fr: 'doit être une date', en: 'must be a date' },
  isDateString: { fr: 'doit être une date ISO 8601', en: 'must be an ISO 8601 date' },
  isIso8601: { fr: 'doit être une date ISO 8601', en: 'must be an ISO 8601 date' },
  isEmail: { fr: 'doit être une adresse électronique', en: 'must be an e-mail address' },
  isUuid: { fr: 'doit être un UUID', en: 'must be a UUID' },
  isIpRange: {
    fr: 'doit être une adresse ou une plage IPv4 ou IPv6, comme 192.0.2.0/24',
    en: 'must be an IPv4 or IPv6 address or range, such as 192.0.2.0/24',
  },
  isIp: { fr: 'doit être une adresse IPv4 ou IPv6', en: 'must be an IPv4 or IPv6 address' },
  isUrl: { fr: 'doit être une URL', en: 'must be a URL' },
  isIn: { fr: 'doit être une de ces valeurs : {0}', en: 'must be one of these values: {0}' },
  isEnum: { fr: 'doit être une de ces valeurs : {1}', en: 'must be one of these values: {1}' },
  min: { fr: 'doit être au moins {0}', en: 'must be at least {0}' },
  max: { fr: 'doit être au plus {0}', en: 'must be at most {0}' },
  minLength: { fr: 'doit compter au moins {0} caractères', en: 'must have at least {0} characters' },
  maxLength: { fr: 'doit compter au plus {0} caractères', en: 'must have at most {0} characters' },
  isLength: { fr: 'doit compter de {0} à {1} caractères', en: 'must have {0} to {1} characters' },
  matches: { fr: 'n’a pas la forme attendue', en: 'does not have the expected form' },
  arrayNotEmpty: { fr: 'la liste ne doit pas être vide', en: 'the list must not be empty' },
  arrayMinSize: { fr: 'la liste doit compter au moins {0} éléments', en: 'the list must have at least {0} items' },
  arrayMaxSize: { fr: 'la liste doit compter au plus {0} éléments', en: 'the list must have at most {0} items' },
  arrayUnique: { fr: 'la liste a des doublons', en: 'the list has duplicates' },
  isBase64: { fr: 'doit être encodé en base64', en: 'must be base64 encoded' },
  nestedValidation: { fr: 'doit être un objet ou une liste d’objets', en: 'must be an object or a list of objects' },
  isTimeZone: { fr: 'doit être un fuseau horaire IANA', en: 'must be an IANA time zone' },
  lacksQuestion: {
    fr: 'au moins un message de rôle « user » est attendu : c’est la question',
    en: 'at least one message of the role "user" is expected: it is the question',
  },
  isMessageContent: {
    fr: 'doit être un texte ou une liste d’éléments {"type": "text", "text": "…"}',
    en: 'must be a text or a list of items {"type": "text", "text": "…"}',
  },
  isEmbeddingInput: {
    fr: 'doit être un texte non vide d’au plus {0} caractères, ou une liste de 1 à {1} textes',
    en: 'must be a text of 1 to {0} characters, or a list of 1 to {1} texts',
  },
  depth: { fr: 'est trop profondément imbriqué', en: 'is nested too deeply' },
  entries: { fr: 'a trop d’éléments', en: 'has too many entries' },
  wellFormedText: { fr: 'contient des caractères interdits', en: 'contains forbidden characters' },
};

const argument = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' && value !== null ? Object.values(value).join(', ') : String(value);
};

/** Where white space alone will not do, a form is not what is missing. */
const asksForText = (rule: string, [pattern]: readonly unknown[]): boolean =>
  rule === 'matches' && pattern instanceof RegExp && pattern.source === '\\S';

/** The text of a broken rule; a rule without one of ours keeps what its author wrote, in both languages. */
export const constraintMessage = (rule: string, args: readonly unknown[] = [], authored?: string): Texts => {
  const texts = MESSAGES[asksForText(rule, args) ? 'isNotEmpty' : rule];
  if (!texts) return { fr: authored ?? 'valeur refusée', en: authored ?? 'value refused' };
  const fill = (text: string): string =>
    text.replaceAll(/\{(\d)\}/g, (_, index: string) => argument(args[Number(index)]));
  return { fr: fill(texts.fr), en: fill(texts.en) };
};
