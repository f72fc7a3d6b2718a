import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks, and looks before giving up: a minute, on the slowest machine. */
const PAUSE_MS = 100;
const LOOKS = 600;

/** Looks until something is found. @throws Error when nothing comes */
export const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (let turn = 0; turn < LOOKS; turn += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(PAUSE_MS);
  }
  throw new Error('What was waited for did not come');
};
