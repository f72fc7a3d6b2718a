import type { Locale } from '#libs/kernel';

import type { Account } from './first-superuser';

export interface Welcome {
  readonly url: string;
  readonly dataDirectory: string;
  readonly seconds: number;
  readonly account: Account;
}

const WORDS = {
  fr: {
    ready: 'MY-IA est prêt',
    app: 'Application',
    docs: 'API (Swagger)',
    health: 'Santé',
    metrics: 'Mesures',
    data: 'Données',
    email: 'Compte',
    password: 'Mot de passe',
    once: '(affiché cette seule fois : notez-le)',
    try: 'À essayer dans un autre terminal :',
    yours: 'votre mot de passe',
    collection: 'Essai',
    question: 'Comment fonctionne MY-IA ?',
    stop: 'Ctrl-C arrête tout.',
  },
  en: {
    ready: 'MY-IA is ready',
    app: 'Application',
    docs: 'API (Swagger)',
    health: 'Health',
    metrics: 'Metrics',
    data: 'Data',
    email: 'Account',
    password: 'Password',
    once: '(shown this once: write it down)',
    try: 'To try in another terminal:',
    yours: 'your password',
    collection: 'First steps',
    question: 'How does MY-IA work?',
    stop: 'Ctrl-C stops everything.',
  },
} as const;

/** What a newcomer reads when everything runs: where to go, how to sign in, and a session to paste. */
export const banner = (welcome: Welcome, locale: Locale): string => {
  const words = WORDS[locale];
  const seconds = welcome.seconds.toLocaleString(locale, { maximumFractionDigits: 1 });
  const lines = [`${words.ready} (${seconds} s).`, '', ...table(rows(welcome, locale))];
  return [...lines, '', `  ${words.try}`, '', ...session(welcome, locale), '', `  ${words.stop}`, ''].join('\n');
};

const rows = ({ url, dataDirectory, account }: Welcome, locale: Locale): [string, string][] => {
  const words = WORDS[locale];
  return [
    [words.app, `${url}/`],
    [words.docs, `${url}/docs`],
    [words.health, `${url}/health/ready`],
    [words.metrics, `${url}/metrics`],
    [words.data, dataDirectory],
    [words.email, account.email],
    ...(account.password === undefined
      ? []
      : [[words.password, `${account.password}  ${words.once}`] as [string, string]]),
  ];
};

const table = (cells: [string, string][]): string[] => {
  const width = Math.max(...cells.map(([name]) => name.length));
  return cells.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
};

/**
 * Plain curl, grep and cut, which every Linux and macOS has. It follows the upload before it asks: the documentation of a
 * first start is queued before that file, and an answer from half of it would be a poor welcome.
 */
const session = ({ url, account }: Welcome, locale: Locale): string[] => {
  const words = WORDS[locale];
  const password = account.password ?? words.yours;
  const pick = (field: string): string => `grep -o '"${field}":"[^"]*"' | head -n 1 | cut -d '"' -f 4`;
  const post = `curl -s -H "$AUTH" -H 'Content-Type: application/json'`;
  return [
    `    API=${url}/api/v1`,
    `    TOKEN=$(curl -s -H 'Content-Type: application/json' $API/auth/login -d '{"email":"${account.email}","password":"${password}"}' | ${pick('accessToken')})`,
    `    AUTH="Authorization: Bearer $TOKEN"`,
    `    ID=$(${post} $API/collections -d '{"name":"${words.collection}"}' | ${pick('id')})`,
    `    DOCUMENT=$(curl -s -H "$AUTH" $API/collections/$ID/documents -F files=@README.md | ${pick('id')})`,
    `    curl -sN -H "$AUTH" $API/documents/$DOCUMENT/events | grep -o '"status":"[^"]*"'`,
    `    ${post} $API/chat -d '{"message":"${words.question}"}'`,
  ];
};
