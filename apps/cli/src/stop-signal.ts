/** Ends what it is given to on the first Ctrl-C; a second one ends the process. */
export class StopSignal implements Disposable {
  private readonly controller = new AbortController();
  private readonly stop = (): void => {
    this.controller.abort();
  };

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, this.stop);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  [Symbol.dispose](): void {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeListener(name, this.stop);
  }
}
