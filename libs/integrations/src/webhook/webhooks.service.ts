import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { WebhookConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Ids } from '#libs/kernel';

import { isAcceptableTarget } from './target-url';
import { WebhookSecrets } from './webhook-secrets';
import type { CreateWebhookDto, WebhookAction } from './webhook.dto';
import type { WebhookEntity } from './webhook.entity';
import { TooManyWebhooksError, WebhookUrlRefusedError } from './webhook.errors';
import { WEBHOOK_RESOURCE } from './webhook.resource';
import type { WebhookView, WebhookWithSecretView } from './webhook.view';

/** What a caller may leave out is not there yet. */
type Draft = Omit<WebhookEntity, 'description' | 'active'> & Partial<Pick<WebhookEntity, 'description' | 'active'>>;

/** Each event is sent to every one that asks for it, so their number multiplies the work. */
const MAX_WEBHOOKS = 50;

/** The webhooks of an organization, for its administrators. */
@Injectable()
export class WebhooksService extends AuditedCrudService<WebhookEntity, WebhookView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly config: WebhookConfig,
    private readonly secrets: WebhookSecrets,
  ) {
    super(WEBHOOK_RESOURCE, uow, ids, trail);
  }

  /** The one moment the secret is shown. @throws WebhookUrlRefusedError, TooManyWebhooksError */
  register(caller: Principal, input: CreateWebhookDto): Promise<WebhookWithSecretView> {
    return this.uow.run(async () => {
      const view = await this.create(caller, input);
      const [secret = ''] = this.secrets.inUse(await this.load(caller, view.id));
      return Object.assign(view, { secret });
    });
  }

  /** The former secret signs for another day. @throws ResourceNotFoundError */
  rotateSecret(caller: Principal, id: string): Promise<WebhookWithSecretView> {
    return this.uow.run(async () => {
      const webhook = await this.load(caller, id, true);
      const secret = this.secrets.rotate(webhook);
      const view = this.resource.present(await this.repository.save(webhook));
      const { organizationId } = webhook;
      const act = { action: 'webhook.secret_rotated', resource: 'webhook', resourceId: id, organizationId };
      await this.trail.record({ ...act, outcome: 'succeeded' });
      return Object.assign(view, { secret });
    });
  }

  /** One of the actions that are meant for several, on one of them. @throws ResourceNotFoundError */
  async act(caller: Principal, action: WebhookAction, id: string): Promise<void> {
    if (action === 'delete') await this.remove(caller, id);
    else await this.update(caller, id, { active: action === 'activate' });
  }

  /** An address may hold a token of the receiver; that it changed is recorded. */
  protected override get recordedFields(): readonly string[] {
    return super.recordedFields.filter((field) => field !== 'url');
  }

  protected override async beforeSave(
    after: WebhookEntity,
    before: Readonly<WebhookEntity> | undefined,
    caller: Principal,
  ): Promise<void> {
    if (!isAcceptableTarget(after.url, this.config.allowedRanges)) throw new WebhookUrlRefusedError();
    if (!before) await this.prepare(after);
    else if (after.active && !before.active) Object.assign(after, { failingSince: null, disabledReason: null });
    await super.beforeSave(after, before, caller);
  }

  private async prepare(webhook: Draft): Promise<void> {
    const { organizationId } = webhook;
    if ((await this.repository.countBy({ organizationId })) >= MAX_WEBHOOKS)
      throw new TooManyWebhooksError(MAX_WEBHOOKS);
    webhook.description ??= '';
    webhook.active ??= true;
    this.secrets.draw(webhook);
  }
}
