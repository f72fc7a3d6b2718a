import { Injectable } from '@nestjs/common';

import { runBulk, type BulkResultView } from '#libs/crud';
import type { Principal } from '#libs/http';

import { HelpUser } from './help-user';
import type { BulkUsersDto } from './managed-user.dto';
import { ManagedUsersService } from './managed-users.service';

/** Use case: the same for several accounts, each as if it were the only one. */
@Injectable()
export class BulkUsers {
  constructor(
    private readonly users: ManagedUsersService,
    private readonly help: HelpUser,
  ) {}

  execute(caller: Principal, bulk: BulkUsersDto): Promise<BulkResultView> {
    return runBulk(bulk.ids, (id) => this.act(caller, id, bulk), caller.locale);
  }

  private act(caller: Principal, id: string, { action, role }: BulkUsersDto): Promise<unknown> {
    switch (action) {
      case 'enable':
        return this.users.modify(caller, id, { disabled: false });
      case 'disable':
        return this.users.modify(caller, id, { disabled: true });
      case 'set-role':
        return this.users.modify(caller, id, role ? { role } : {});
      case 'revoke-sessions':
        return this.help.revokeSessions(caller, id);
      case 'delete':
        return this.help.erase(caller, id);
    }
  }
}
