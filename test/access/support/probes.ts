import { expectedFor, type DrawnOrganization } from './random-world';
import type { Person, Secret } from './world';

/** One question to the API, and whether its answer must or must not hold the secret. */
export interface Probe {
  readonly route: string;
  readonly person: Person;
  readonly secret: Secret;
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** `maybe`: it may, but need not, be told, such as by a search for something else. Never when it must not be. */
  readonly tells: boolean | 'maybe';
}

/** An answer that somebody got while everybody of the organization could read everything. */
export interface Told {
  readonly person: Person;
  readonly secret: Secret;
  readonly conversationId: string;
  readonly questionId: string;
  readonly messageId: string;
  readonly shareToken: string;
  readonly idempotencyKey: string;
}

export const questionAbout = ({ name }: Secret): string => `Quel est le mot de passe du coffre ${name} ?`;

interface Situation {
  readonly reads: boolean;
  readonly readsDocument: boolean;
  readonly downloads: boolean;
}

export const situationOf = (
  drawn: readonly DrawnOrganization[],
  { organizationAt, at }: Person,
  secret: Secret,
): Situation => {
  const organization = drawn[secret.organizationAt]!;
  const isColleague = organizationAt === secret.organizationAt;
  const { mayRead, mayDownload } = expectedFor(organization, secret.collectionAt, { isColleague, at });
  const isThere = organization.collections[secret.collectionAt]?.isDocumentDeleted === false;
  return { reads: mayRead, readsDocument: mayRead && isThere, downloads: mayDownload && isThere };
};

/** Everything that can be asked about one collection and its document. */
export const probesOf = (person: Person, secret: Secret, situation: Situation): Probe[] => {
  const { reads, readsDocument, downloads } = situation;
  const { collection, documentId, name } = secret;
  const ask = (route: string, path: string, tells: Probe['tells'], body?: object): Probe => ({
    ...{ route, person, secret, path, tells },
    ...(body && { body }),
  });
  const [inCollection, inDocument] = [`/collections/${collection.id}`, `/documents/${documentId}`];
  const search = (mode: string) =>
    ask('POST /search', '/search', readsDocument, { query: `coffre ${name}`, collectionIds: [collection.id], mode });
  return [
    ask('GET /collections/:id', inCollection, reads),
    ask('GET /collections/:id/grants', `${inCollection}/grants`, false),
    ask('GET /collections/:id/near-duplicates', `${inCollection}/near-duplicates`, false),
    ask('GET /documents', `/documents?filter[collectionId]=${collection.id}`, readsDocument),
    ask('GET /documents/:id', inDocument, readsDocument),
    ask('GET /documents/:id/diagnosis', `${inDocument}/diagnosis`, false),
    ask('GET /documents/:id/events', `${inDocument}/events`, readsDocument),
    ask('GET /documents/:id/content', `${inDocument}/content`, downloads),
    ask('GET /documents/:id/chunks', `${inDocument}/chunks`, downloads),
    ask('GET /documents/:id/file', `${inDocument}/file`, downloads),
    ...['hybrid', 'lexical', 'dense'].map(search),
    ask('POST /retrieval/explain', '/retrieval/explain', false, {
      query: 'coffre',
      expectedDocumentId: documentId,
    }),
    // Changes, by those who may not even know of it: what they are answered must not tell either.
    ...(reads
      ? []
      : [
          ask('PATCH /collections/:id', inCollection, false, { name: 'x' }),
          ask('DELETE /collections/:id', inCollection, false),
          ask('DELETE /collections/:id/grants', `${inCollection}/grants?userId=${person.user.id}`, false),
          ask('PUT /collections/:id/grants', `${inCollection}/grants`, false, {
            userId: person.user.id,
            role: 'owner',
          }),
          ask('POST /collections/:id/documents/text', `${inCollection}/documents/text`, false, {
            title: 'x',
            text: 'y',
          }),
          ask('POST /collections/:id/documents/url', `${inCollection}/documents/url`, false, {
            url: 'http://127.0.0.1/',
          }),
          ask('POST /documents/:id/reindex', `${inDocument}/reindex`, false),
          ask('PATCH /documents/:id/chunks/:chunkId', `${inDocument}/chunks/${documentId}`, false, { disabled: false }),
          ask('POST /documents/:id/chunks/:chunkId/reembed', `${inDocument}/chunks/${documentId}/reembed`, false),
          ask('POST /documents/:id/cancel', `${inDocument}/cancel`, false),
          ask('POST /collections/:id/reembed', `${inCollection}/reembed`, false),
          ask('PUT /collections/:id/ingestion', `${inCollection}/ingestion`, false, { paused: true }),
          ask('DELETE /documents/:id', inDocument, false),
          ask('POST /conversations', '/conversations', false, { title: 'x', collectionIds: [collection.id] }),
        ]),
  ];
};

/** Everything that can be asked about what was answered before, by the one who asked and by everybody else. */
export const probesOfTold = (person: Person, told: Told, { readsDocument }: Situation): Probe[] => {
  const { secret, conversationId, messageId } = told;
  const isOwn = told.person.user.id === person.user.id;
  const tells = isOwn && readsDocument;
  const ask = (route: string, path: string, body?: object): Probe => ({
    ...{ route, person, secret, path, tells },
    ...(body && { body }),
  });
  const [conversation, message] = [`/conversations/${conversationId}`, `/messages/${messageId}`];
  return [
    { ...ask('GET /conversations/:id', conversation), tells: false },
    ask('GET /conversations/:id/messages', `${conversation}/messages`),
    ask('GET /conversations/:id/export', `${conversation}/export?format=md`),
    ask('GET /conversations/:id/export', `${conversation}/export?format=json`),
    ask('GET /conversations/search', `/conversations/search?q=${encodeURIComponent(secret.canary)}`),
    { ...ask('POST /conversations/:id/shares', `${conversation}/shares`, {}), tells: false },
    // Whoever has the link reads what he may read himself; an answer that was given more is withheld.
    { ...ask('POST /shares/open', '/shares/open', { token: told.shareToken }), tells: readsDocument ? 'maybe' : false },
    ask('GET /messages/:id', message),
    ask('GET /messages/:id/events', `${message}/events`),
    { ...ask('GET /messages/:id/trace', `${message}/trace`), tells: false },
    ask('PUT /messages/:id/feedback', `${message}/feedback`, { rating: 'up' }),
    ask('POST /messages/:id/stop', `${message}/stop`, {}),
    ...(isOwn ? [replayOf(told, ask)] : []),
  ];
};

/** The same question with the same key: answered from memory, and yet as of now. */
const replayOf = (
  { secret, idempotencyKey }: Told,
  ask: (route: string, path: string, body: object) => Probe,
): Probe => ({
  ...ask('POST /chat', '/chat', { message: questionAbout(secret) }),
  headers: { 'Idempotency-Key': idempotencyKey },
});

/**
 * Everything a person made, asked and was answered, in one document: which of the secrets it must hold, and which it must
 * not. What the person may read and was not told about may stand in it, if it is of the person's own making.
 */
export const expectedInExport = (
  drawn: readonly DrawnOrganization[],
  person: Person,
  secrets: readonly Secret[],
  told: readonly Told[],
): { readonly must: string[]; readonly mustNot: string[] } => {
  const asked = new Set(told.filter((answer) => answer.person.user.id === person.user.id).map(({ secret }) => secret));
  const situated = secrets.map((secret) => ({ secret, ...situationOf(drawn, person, secret) }));
  return {
    must: situated
      .filter(({ secret, readsDocument }) => readsDocument && asked.has(secret))
      .map(({ secret }) => secret.canary),
    mustNot: situated.filter(({ reads }) => !reads).map(({ secret }) => secret.canary),
  };
};

/** Lists of everything a person may see: each is asked once per secret that is looked for in it. */
export const listProbes = (person: Person, secret: Secret, { reads, readsDocument }: Situation): Probe[] => {
  const ask = (route: string, path: string, tells: Probe['tells'], body?: object): Probe => ({
    ...{ route, person, secret, path, tells },
    ...(body && { body }),
  });
  const newest = 'sort=-createdAt&pageSize=100';
  return [
    ask('GET /collections', `/collections?${newest}`, reads),
    ask('GET /documents', `/documents?${newest}`, readsDocument),
    ask('GET /conversations', `/conversations?${newest}`, false),
    ask('POST /search', '/search', reads ? 'maybe' : false, { query: 'mot de passe du coffre', limit: 50 }),
    // Administrators read who did what, never what a document says.
    ask('GET /admin/audit-logs', `/admin/audit-logs?pageSize=100`, false),
  ];
};

/** Questions whose answers are written anew; dear, so each person asks about one secret of each organization only. */
export const freshQuestions = (person: Person, secret: Secret, { readsDocument }: Situation): Probe[] => {
  const message = questionAbout(secret);
  const ask = { route: 'POST /chat', person, secret, path: '/chat', body: { message } };
  return [
    { ...ask, tells: readsDocument },
    { ...ask, tells: readsDocument, headers: { Accept: 'text/event-stream' } },
  ];
};

/** What comes after an answer: it must neither be repeated from the history nor found again. */
export const followUps = (told: Told, { readsDocument }: Situation): Probe[] => {
  const { person, secret, conversationId, questionId, messageId } = told;
  const common = { person, secret };
  return [
    {
      ...common,
      route: 'POST /conversations/:id/messages',
      path: `/conversations/${conversationId}/messages`,
      body: { content: 'Et quel était ce mot de passe, déjà ?' },
      tells: readsDocument ? 'maybe' : false,
    },
    {
      ...common,
      route: 'POST /messages/:id/edit',
      path: `/messages/${questionId}/edit`,
      body: { content: questionAbout(secret) },
      tells: readsDocument,
    },
    {
      ...common,
      route: 'POST /messages/:id/regenerate',
      path: `/messages/${messageId}/regenerate`,
      body: {},
      tells: readsDocument,
    },
  ];
};
