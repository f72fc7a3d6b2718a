import { setTimeout as sleep } from 'node:timers/promises';

import type { Environment } from '#libs/config';
import { DomainError, renderErrorText, type Locale } from '#libs/kernel';

import { LaunchError } from '../launch.error';
import type { LaunchText } from '../launch-text';
import type { LoadApplication } from './application';
import { banner } from './banner';
import { languageOf } from './language';
import { LocalInstance } from './local-instance';
import { stopRequest } from './stop-request';

const STARTING: LaunchText = { fr: 'Démarrage de MY-IA…', en: 'Starting MY-IA…' };
const STOPPING: LaunchText = { fr: 'Arrêt de MY-IA…', en: 'Stopping MY-IA…' };
const STOPPED: LaunchText = { fr: 'MY-IA est arrêté.', en: 'MY-IA has stopped.' };
/** Milliseconds a signal may take to be noticed. */
const SIGNAL_MS = 100;

/**
 * The life of the appliance, from start to orderly end.
 * @returns the exit code: 0 when it was asked to end, 1 when it could not start or could not go on.
 */
export const runLocal = async (env: Environment, load: LoadApplication): Promise<number> => {
  const locale = languageOf(env);
  const say = (text: LaunchText): void => console.log(text[locale]);
  const stop = stopRequest(env.npm_lifecycle_event !== undefined);
  const instance = new LocalInstance(env, say, load);
  say(STARTING);
  const code = await Promise.race([stop.then(() => 0), live(instance, stop, locale)]);
  if (code === 0) say(STOPPING);
  await instance.stop();
  if (code === 0) say(STOPPED);
  return code;
};

/** Resolves only when something goes wrong. */
const live = async (instance: LocalInstance, stop: Promise<void>, locale: Locale): Promise<number> => {
  try {
    console.log(banner(await instance.start(), locale));
    instance.introduced();
    throw await instance.failure();
  } catch (error) {
    if (await isAsked(stop)) return 0;
    console.error(describe(error, locale));
    return 1;
  }
};

/**
 * What fails because it was interrupted is no failure. A Ctrl-C also hits a child that has not left the terminal's group
 * yet, and the child's end may be seen before the signal.
 */
const isAsked = async (stop: Promise<void>): Promise<boolean> =>
  Promise.race([stop.then(() => true), sleep(SIGNAL_MS, false)]);

const describe = (error: unknown, locale: Locale): string => {
  if (error instanceof LaunchError) return error.text[locale];
  if (error instanceof DomainError) return renderErrorText(error.definition[locale].detail, error.details);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
