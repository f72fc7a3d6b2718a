import { ActOnUser } from './users/act-on-user';
import { BulkUsers } from './users/bulk-users';
import { HelpUser } from './users/help-user';
import { HelpUserController } from './users/help-user.controller';
import { ManagedUsersController } from './users/managed-users.controller';
import { ManagedUsersService } from './users/managed-users.service';

/** What `AuthModule` is made of for administrators: accounts and what is done for their owners. */
export const ADMINISTRATION_CONTROLLERS = [ManagedUsersController, HelpUserController];

export const ADMINISTRATION_PROVIDERS = [ActOnUser, BulkUsers, HelpUser, ManagedUsersService];
