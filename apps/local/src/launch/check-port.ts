import type { Environment } from '#libs/config';

import { LaunchError } from '../launch.error';
import { bindFailure } from '../processes/free-port';
import { given } from './given';

const DEFAULT_PORT = '3000';
const DEFAULT_HOST = '127.0.0.1';

/**
 * Says at once that the port is taken, before any server has been started. A port that is no number is left to the
 * configuration, which names every bad variable.
 * @throws LaunchError
 */
export const checkPort = async (env: Environment): Promise<void> => {
  const port = Number(given(env.PORT) ?? DEFAULT_PORT);
  const host = given(env.HOST) ?? DEFAULT_HOST;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const failure = await bindFailure(port, host);
  if (failure !== undefined) throw portError(failure, port, host);
};

const portError = (failure: string, port: number, host: string): LaunchError => {
  if (failure === 'EADDRINUSE') {
    return new LaunchError({
      fr: `Le port ${port} est déjà utilisé : arrêtez le programme qui l’occupe, ou choisissez-en un autre, par exemple PORT=${port + 1} npm start.`,
      en: `Port ${port} is already in use: stop the program that holds it, or choose another, for example PORT=${port + 1} npm start.`,
    });
  }
  return new LaunchError({
    fr: `Impossible d’écouter sur ${host}, port ${port} (${failure}) : choisissez d’autres HOST et PORT (un port au-dessus de 1023).`,
    en: `Cannot listen on ${host}, port ${port} (${failure}): choose another HOST and PORT (a port above 1023).`,
  });
};
