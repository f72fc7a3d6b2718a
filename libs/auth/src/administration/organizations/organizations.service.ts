import { Injectable } from '@nestjs/common';

import { AuditedCrudService, AuditTrail } from '#libs/audit';
import { FieldNotWritableError, ResourceNotFoundError } from '#libs/crud';
import { UnitOfWork } from '#libs/database';
import { hasRole, type Principal } from '#libs/http';
import { Ids } from '#libs/kernel';
import { ChatModels, requireAllowed } from '#libs/llm';

import type { OrganizationEntity } from '../../organization/organization.entity';
import { PurgeOrganization } from '../../organization/purge-organization';
import { OrganizationNotEmptyError } from '../administration.errors';
import { ORGANIZATION_RESOURCE } from './organization.resource';
import type { OrganizationView } from './organization.view';

interface Contents {
  readonly users: number;
  readonly collections: number;
  readonly documents: number;
}

/** What has to go by its own deletion: people with a receipt, documents with their files and vectors, which a job removes. */
const CONTENTS = `
  SELECT (SELECT count(*) FROM app_user WHERE organization_id = $1 AND erased_at IS NULL)::integer AS users,
         (SELECT count(*) FROM collection WHERE organization_id = $1)::integer AS collections,
         (SELECT count(*) FROM document WHERE organization_id = $1)::integer AS documents`;

/** All organizations for superusers, who alone make and delete them; his own for an administrator. */
@Injectable()
export class OrganizationsService extends AuditedCrudService<OrganizationEntity, OrganizationView> {
  constructor(
    uow: UnitOfWork,
    ids: Ids,
    trail: AuditTrail,
    private readonly purge: PurgeOrganization,
    private readonly models: ChatModels,
  ) {
    super(ORGANIZATION_RESOURCE, uow, ids, trail);
  }

  protected override async beforeSave(
    after: OrganizationEntity,
    before: Readonly<OrganizationEntity> | undefined,
    principal: Principal,
  ): Promise<void> {
    if (after.planId !== before?.planId) await this.assertMayChoose(principal, after.planId);
    if (after.chatModel && after.chatModel !== before?.chatModel) requireAllowed(this.models, after.chatModel);
    after.organizationId = after.id;
    after.emailDomains = (after.emailDomains as string[] | undefined)?.map((name) => name.toLowerCase()) ?? [];
    await super.beforeSave(after, before, principal);
  }

  /** @throws FieldNotWritableError for an administrator, ResourceNotFoundError for an unknown plan */
  private async assertMayChoose({ role }: Principal, planId: string | undefined): Promise<void> {
    if (planId === undefined) return;
    if (!hasRole(role, 'superuser')) throw new FieldNotWritableError(this.resource.name, 'planId');
    const plans = await this.uow.query('SELECT 1 FROM plan WHERE id = $1', [planId]);
    if (plans.length === 0) throw new ResourceNotFoundError('plan', planId);
  }

  /** The lock on the row makes whoever would add something to it meanwhile wait, and then fail. */
  protected override async beforeRemove(organization: OrganizationEntity, principal: Principal): Promise<void> {
    const [contents] = await this.uow.query<Contents>(CONTENTS, [organization.id]);
    if (contents && Object.values(contents).some((count) => count > 0)) {
      throw new OrganizationNotEmptyError({ ...contents });
    }
    await super.beforeRemove(organization, principal);
    await this.purge.execute(organization.id);
  }
}
