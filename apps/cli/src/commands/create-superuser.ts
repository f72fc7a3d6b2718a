import { BootstrapSuperuser } from '#libs/auth';

import type { Command } from '../command';
import { withApplication } from '../with-application';

const SUPERUSER_EMAIL = 'admin@my-ia.local';

export const createSuperuser: Command = {
  name: 'create-superuser',
  usage: '[e-mail]',
  summary: 'create the first superuser; SUPERUSER_PASSWORD gives the password, else one is generated',
  run: ([email], env) =>
    withApplication(env, async (application) => {
      const result = await application.get(BootstrapSuperuser).execute({
        email: email ?? env['SUPERUSER_EMAIL'] ?? SUPERUSER_EMAIL,
        password: env['SUPERUSER_PASSWORD'] || undefined,
      });
      console.log(result.created ? `Superuser ${result.email} created.` : `There is a superuser: ${result.email}`);
      if (result.generatedPassword !== undefined) console.log(`Password (shown once): ${result.generatedPassword}`);
      return 0;
    }),
};
