import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

/** Polls until the condition holds. @returns false when it still did not after that many seconds */
export const eventually = async (condition: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> => {
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    if (await condition()) return true;
    await sleep(INTERVAL_MS);
  }
  return condition();
};
