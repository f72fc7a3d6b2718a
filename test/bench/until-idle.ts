import { pause } from './measure';
import { processorTime } from './processor-time';

const LOOK_EVERY_MS = 500;
/** Share of one core that timers and heartbeats take of a product nobody uses. */
const IDLE_SHARE = 0.1;
const PATIENCE_MS = 60_000;

const spent = (root: number): number => [...processorTime(root).values()].reduce((sum, time) => sum + time, 0);

/**
 * Waits until a product has done what it does after ingestion (checkpoints, vacuum, merging), so that what is measured next is
 * measured alone. Gives up waiting after a minute.
 * @returns seconds it took
 */
export const untilIdle = async (root: number): Promise<number> => {
  const begun = performance.now();
  const elapsed = (): number => performance.now() - begun;
  for (let before = spent(root); elapsed() < PATIENCE_MS;) {
    await pause(LOOK_EVERY_MS);
    const now = spent(root);
    if (now - before < IDLE_SHARE * LOOK_EVERY_MS) break;
    before = now;
  }
  return elapsed() / 1_000;
};
