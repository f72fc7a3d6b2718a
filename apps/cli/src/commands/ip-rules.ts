import { ClearIpRules } from '#libs/settings';

import type { Command } from '../command';
import { withApplication } from '../with-application';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

export const ipRules: Command = {
  name: 'ip-rules',
  usage: 'clear [organization id]',
  summary: 'switch off every rule on addresses, for whoever they keep out',
  run: async ([action, organizationId], env) => {
    if (action !== 'clear' || (organizationId !== undefined && !UUID.test(organizationId))) {
      console.error('Say what to do: npm run cli -- ip-rules clear [organization id]');
      return 2;
    }
    const count = await withApplication(env, (application) => application.get(ClearIpRules).execute(organizationId));
    console.log(`${count} rules switched off; running processes obey within two seconds`);
    return 0;
  },
};
