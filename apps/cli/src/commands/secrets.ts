import { RotateSecrets } from '#libs/settings';

import type { Command } from '../command';
import { withApplication } from '../with-application';

export const secrets: Command = {
  name: 'secrets',
  usage: 'rotate',
  summary: 'seal with ENCRYPTION_KEY what a former key sealed (exit code 1 when something stays unreadable)',
  run: async ([action], env) => {
    if (action !== 'rotate') {
      console.error('Say what to do: npm run cli -- secrets rotate');
      return 2;
    }
    const columns = await withApplication(env, (application) => application.get(RotateSecrets).execute());
    for (const { table, column, renewed, unreadable } of columns) {
      console.log(`${table}.${column}: ${renewed} sealed anew, ${unreadable} unreadable`);
    }
    return columns.some(({ unreadable }) => unreadable > 0) ? 1 : 0;
  },
};
