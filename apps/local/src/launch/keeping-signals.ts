/** Signals that ask the appliance to end: Ctrl-C, a service manager, a closed terminal. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs something that listens for stop signals of its own accord, and takes those listeners away again: Nest's shutdown
 * hooks would end the process as soon as the application is closed, before its servers are stopped in order.
 */
export const keepingSignals = async <T>(work: () => Promise<T>): Promise<T> => {
  const before = new Map(STOP_SIGNALS.map((signal) => [signal, new Set(process.listeners(signal))]));
  const result = await work();
  for (const [signal, known] of before) {
    for (const listener of process.listeners(signal)) {
      if (!known.has(listener)) process.removeListener(signal, listener);
    }
  }
  return result;
};
