import { IssueApiKey } from './api-keys/issue-api-key';
import { ManagedApiKeysController } from './api-keys/managed-api-keys.controller';
import { ManagedApiKeysService } from './api-keys/managed-api-keys.service';
import { InvitationsController } from './invitations/invitations.controller';
import { InvitationsService } from './invitations/invitations.service';
import { OrganizationsController } from './organizations/organizations.controller';
import { OrganizationsService } from './organizations/organizations.service';
import { ManagedSessionsController } from './sessions/managed-sessions.controller';
import { ManagedSessionsService } from './sessions/managed-sessions.service';
import { ActOnUser } from './users/act-on-user';
import { BulkUsers } from './users/bulk-users';
import { HelpUser } from './users/help-user';
import { HelpUserController } from './users/help-user.controller';
import { ManagedUsersController } from './users/managed-users.controller';
import { ManagedUsersService } from './users/managed-users.service';

/** What `AuthModule` is made of for administrators: accounts and what is done for their owners. */
export const ADMINISTRATION_CONTROLLERS = [
  HelpUserController,
  InvitationsController,
  ManagedApiKeysController,
  ManagedSessionsController,
  ManagedUsersController,
  OrganizationsController,
];

export const ADMINISTRATION_PROVIDERS = [
  ActOnUser,
  BulkUsers,
  HelpUser,
  InvitationsService,
  IssueApiKey,
  ManagedApiKeysService,
  ManagedSessionsService,
  ManagedUsersService,
  OrganizationsService,
];
