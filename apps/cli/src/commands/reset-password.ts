import { ResetPassword } from '#libs/auth';

import type { Command } from '../command';
import { withApplication } from '../with-application';

export const resetPassword: Command = {
  name: 'reset-password',
  usage: '<e-mail>',
  summary: 'give a user a new password, shown once, and end his sessions',
  run: async ([email], env) => {
    if (email === undefined) {
      console.error('Name the user: npm run cli -- reset-password claire@entreprise.fr');
      return 2;
    }
    const password = await withApplication(env, (application) => application.get(ResetPassword).execute(email));
    console.log(`New password (shown once): ${password}`);
    return 0;
  },
};
