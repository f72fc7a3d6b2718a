import { UnitOfWork } from '#libs/database';
import type { TestApi, TestUser } from '#test/support/api';

/** The things of one organization that others ask for by their ids, made when they are first asked for. */
export class Strangers {
  private readonly made = new Map<string, Promise<string>>();

  constructor(
    private readonly api: TestApi,
    private readonly owner: TestUser,
    private readonly colleague: TestUser,
  ) {}

  /**
   * @param path of a route with an id, as `/api/v1/admin/groups/{id}/members`
   * @throws Error for a kind of thing that nobody made here yet
   */
  idFor(path: string): Promise<string> {
    const kind = kindOf(path);
    const make = this.makers[kind];
    if (!make) throw new Error(`Say in test/security/support/strangers.ts how to make one of: ${kind}`);
    const id = this.made.get(kind) ?? make();
    this.made.set(kind, id);
    return id;
  }

  /** Kinds of things in these paths that nobody made here yet. */
  unknownIn(paths: readonly string[]): string[] {
    return [...new Set(paths.map(kindOf))].filter((kind) => !this.makers[kind]);
  }

  /** Things of the platform, which no organization has alone. */
  isShared(path: string): boolean {
    return ['plans', 'model-prices'].includes(kindOf(path));
  }

  /** By the path behind `/admin`, or behind nothing. A new kind of thing needs a line. */
  private readonly makers: Readonly<Record<string, () => Promise<string>>> = {
    'api-keys': () => this.post('/api-keys', { name: 'Site', scopes: ['search'] }),
    'audit-logs': () => this.row(`SELECT id FROM audit_log WHERE organization_id = $1 LIMIT 1`),
    'auth/sessions': () => this.row(`SELECT id FROM session WHERE organization_id = $1 LIMIT 1`),
    collections: () => this.post('/collections', { name: 'Notes' }),
    conversations: () => this.post('/conversations', { title: 'Question' }),
    'conversation-folders': () => this.post('/conversation-folders', { name: 'Recrutement' }),
    disclosures: () => this.disclosure(),
    documents: () => this.document(),
    feedback: () => this.feedback(),
    jobs: () => this.job(),
    groups: () => this.post('/admin/groups', { name: 'Équipe' }),
    invitations: () => this.post('/admin/invitations', { email: 'invitee@exemple.fr' }),
    messages: async () =>
      this.post(`/conversations/${await this.idFor('/api/v1/conversations/{id}')}/messages`, { content: 'Combien ?' }),
    organizations: () => Promise.resolve(this.owner.organizationId),
    sessions: () => this.row(`SELECT id FROM session WHERE organization_id = $1 LIMIT 1`),
    plans: () => this.post('/admin/plans', { code: 'essai', name: 'Essai' }),
    settings: () => this.post('/admin/settings', { key: 'webhooks.disableAfterDays', value: 6 }),
    budgets: () => this.post('/admin/budgets', { name: 'Modèles', amount: 200 }),
    assistants: () => this.post('/admin/assistants', { name: 'Questions RH' }),
    'golden-sets': () => this.goldenSet(),
    'golden-questions': () => this.goldenQuestion(),
    evaluations: () => this.evaluation(),
    'feature-flags': () => this.post('/admin/feature-flags', { key: 'directory', audience: 'everybody' }),
    'ip-rules': () => this.post('/admin/ip-rules', { range: '203.0.113.7', action: 'deny' }),
    'model-prices': () => this.post('/admin/model-prices', { provider: 'ollama', model: 'mistral' }),
    usage: () => this.usage(),
    'deletion-receipts': () => this.deletionReceipt(),
    users: () => Promise.resolve(this.colleague.id),
    webhooks: () => this.post('/admin/webhooks', { url: 'https://exemple.fr/', events: ['document.ready'] }),
    'webhook-deliveries': () => this.delivery(),
  };

  private async post(path: string, body: object): Promise<string> {
    const response = await this.api.http(this.owner).post(path).send(body);
    if (response.status >= 300) throw new Error(`POST ${path}: ${response.status} ${response.text}`);
    return (response.body as { id: string }).id;
  }

  private async row(sql: string): Promise<string> {
    const [row] = await this.api.app.get(UnitOfWork).query<{ id: string }>(sql, [this.owner.organizationId]);
    return row?.id ?? 'none';
  }

  private async usage(): Promise<string> {
    await this.idFor('/api/v1/messages/{id}');
    return this.row(`SELECT id FROM usage_record WHERE organization_id = $1 LIMIT 1`);
  }

  private async deletionReceipt(): Promise<string> {
    const collection = await this.post('/collections', { name: 'Brouillons' });
    await this.api.http(this.owner).delete(`/collections/${collection}`).expect(204);
    return this.row(`SELECT id FROM deletion_receipt WHERE organization_id = $1 LIMIT 1`);
  }

  /** Adding a document makes one. */
  private async job(): Promise<string> {
    await this.idFor('/api/v1/documents/{id}');
    const listed = await this.api.http(this.owner).get('/admin/jobs').expect(200);
    const { items } = listed.body as { items: { id: string; organizationId: string | null }[] };
    return items.find(({ organizationId }) => organizationId === this.owner.organizationId)?.id ?? 'none';
  }

  /** A ping makes one; nobody sends it here. */
  private async delivery(): Promise<string> {
    const webhook = await this.idFor('/api/v1/admin/webhooks/{id}');
    await this.api.http(this.owner).post(`/admin/webhooks/${webhook}/ping`);
    return this.row(`SELECT id FROM webhook_delivery WHERE organization_id = $1 LIMIT 1`);
  }

  private async goldenSet(): Promise<string> {
    const collectionIds = [await this.idFor('/api/v1/collections/{id}')];
    return this.post('/admin/golden-sets', { name: 'Questions RH', collectionIds });
  }

  private async goldenQuestion(): Promise<string> {
    const goldenSetId = await this.idFor('/api/v1/admin/golden-sets/{id}');
    return this.post('/admin/golden-questions', { goldenSetId, question: 'Combien ?' });
  }

  private async evaluation(): Promise<string> {
    await this.idFor('/api/v1/admin/golden-questions/{id}');
    const goldenSetId = await this.idFor('/api/v1/admin/golden-sets/{id}');
    return this.post('/admin/evaluations', { goldenSetId });
  }

  private async feedback(): Promise<string> {
    const messageId = await this.idFor('/api/v1/messages/{id}');
    return this.post('/admin/feedback', { messageId, rating: 'up' });
  }

  private async disclosure(): Promise<string> {
    const conversation = await this.idFor('/api/v1/conversations/{id}');
    const body = { reason: 'Signalement du support, ticket 42', minutes: 30 };
    return this.post(`/admin/conversations/${conversation}/break-glass`, body);
  }

  private async document(): Promise<string> {
    const path = `/collections/${await this.idFor('/api/v1/collections/{id}')}/documents/text`;
    const added = await this.api.http(this.owner).post(path).send({ title: 'Bail', text: 'Un texte.' }).expect(202);
    return (added.body as { items: { id: string }[] }).items[0]?.id ?? 'none';
  }
}

const kindOf = (path: string): string => path.replace(/^\/api\/v1\/(?:admin\/)?/, '').split('/{', 1)[0] ?? '';
