import { STOP_SIGNALS } from './keeping-signals';

/** One Ctrl-C reaches this process from the terminal and again through npm; both are one wish. */
const ECHO_MS = 1_000;
/** Exit code a shell reports for Ctrl-C. */
const INTERRUPTED = 130;
const PARENT_CHECK_MS = 1_000;

/**
 * Resolves when the person or the system asks the appliance to end. A second request, once the first has had time to
 * sink in, ends the process at once: the guards then end the servers.
 */
export const stopRequest = async (startedByNpm: boolean): Promise<void> =>
  new Promise((resolve) => {
    let first: number | undefined;
    const request = (): void => {
      first ??= performance.now();
      if (performance.now() - first > ECHO_MS) process.exit(INTERRUPTED);
      resolve();
    };
    for (const signal of STOP_SIGNALS) process.on(signal, request);
    if (startedByNpm) whenParentDies(resolve);
  });

/** npm killed by force cannot pass anything on, and nobody would know that the appliance still runs. */
const whenParentDies = (act: () => void): void => {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) act();
  }, PARENT_CHECK_MS).unref();
};
