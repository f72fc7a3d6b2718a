import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#libs/audit';
import { AccountMails } from '#libs/auth';
import { ALIAS, ResourceReader, StaleResourceError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import type { Principal } from '#libs/http';
import { Clock, Ids } from '#libs/kernel';

import { ConversationSealedError } from '../chat.errors';
import type { ConversationEntity } from '../conversation/conversation.entity';
import type { BreakGlassDto } from './break-glass.dto';
import { DisclosureEntity } from './disclosure.entity';
import { DISCLOSURES } from './disclosure.resource';
import { toDisclosureView, type DisclosureView } from './disclosure.view';

const MINUTE_MS = 60_000;

/**
 * Breaking the glass: a private conversation is opened to one administrator, for a reason and a time, and its owner is told.
 * The disclosure, its audit entry and the mail are one transaction.
 */
@Injectable()
export class DisclosuresService extends ResourceReader<DisclosureEntity, DisclosureView> {
  constructor(
    uow: UnitOfWork,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly mails: AccountMails,
  ) {
    super(DISCLOSURES, uow);
  }

  /** @param conversation one that the caller administers */
  open(
    { id: openedBy }: Principal,
    { id: conversationId, organizationId, userId: ownerId }: ConversationEntity,
    { reason, minutes }: BreakGlassDto,
  ): Promise<DisclosureView> {
    return this.uow.run(async () => {
      const expiresAt = new Date(this.clock.now().getTime() + minutes * MINUTE_MS);
      const draft = { id: this.ids.next(), organizationId, conversationId, ownerId, openedBy, reason, expiresAt };
      const opened = await this.repository.save(this.repository.create(draft));
      await this.record('conversation.disclosed', opened, { reason, minutes, ownerId });
      await this.mails.request({ kind: 'notice', userId: ownerId, notice: 'conversation_disclosed' });
      return toDisclosureView(opened);
    });
  }

  /** Says that the caller reads an open conversation, each time. @throws ConversationSealedError when it is not open to him */
  async read({ id: openedBy }: Principal, conversationId: string): Promise<void> {
    const open = await this.repository
      .createQueryBuilder(ALIAS)
      .where({ conversationId, openedBy })
      .andWhere(`${ALIAS}.endedAt IS NULL AND ${ALIAS}.expiresAt > :now`, { now: this.clock.now() })
      .getOne();
    if (!open) throw new ConversationSealedError();
    await this.uow.run(() => this.record('conversation.read_disclosed', open, {}));
  }

  /** Closes one before its time; one that is closed stays as it is. @throws ResourceNotFoundError @throws StaleResourceError */
  end(principal: Principal, id: string, version?: number): Promise<void> {
    return this.uow.run(async () => {
      const disclosure = await this.load(principal, id, true);
      if (version !== undefined && version !== disclosure.version) {
        throw new StaleResourceError(this.resource.name, id, disclosure.version);
      }
      if (disclosure.endedAt) return;
      disclosure.endedAt = this.clock.now();
      await this.repository.save(disclosure);
      await this.record('disclosure.ended', disclosure, {});
    });
  }

  /** Those of the caller's own conversations, newest first. */
  async ofOwner({ id: ownerId }: Principal, page: number, pageSize: number): Promise<[DisclosureView[], number]> {
    const [rows, total] = await this.repository
      .createQueryBuilder(ALIAS)
      .where({ ownerId })
      .orderBy(`${ALIAS}.createdAt`, 'DESC')
      .addOrderBy(`${ALIAS}.id`)
      .skip((page - 1) * pageSize)
      .take(pageSize)
      .getManyAndCount();
    return [rows.map(toDisclosureView), total];
  }

  private record(action: string, disclosure: DisclosureEntity, details: object): Promise<void> {
    const { id: disclosureId, conversationId: resourceId, organizationId } = disclosure;
    return this.audit.record({
      action,
      resource: 'conversation',
      resourceId,
      organizationId,
      details: { disclosureId, ...details },
      outcome: 'succeeded',
    });
  }
}
