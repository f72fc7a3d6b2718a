/** Runs works of the same name one after another, in the order they came; those of different names side by side. */
export class OneAtATime {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @throws what the work throws; the next one runs all the same */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const former = this.last.get(name) ?? Promise.resolve();
    const turn = former.then(work, work);
    this.last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(name) === turn) this.last.delete(name);
    }
  }
}
