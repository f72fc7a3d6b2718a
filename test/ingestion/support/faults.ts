/** Thrown where a fault was planted. */
export class PlantedFault extends Error {
  constructor(readonly call: string) {
    super(`Planted fault at ${call}`);
  }
}

/**
 * Counts the calls a process makes to the world outside (database, vectors, model, files) and makes the n-th one fail:
 * either that one alone, or it and all after it, which is what the death of the process looks like from outside.
 */
export class Faults {
  calls = 0;
  readonly seen: string[] = [];

  constructor(
    private readonly failAt: number,
    private readonly mode: 'fail' | 'die',
  ) {}

  static none(): Faults {
    return new Faults(Number.POSITIVE_INFINITY, 'fail');
  }

  get happened(): boolean {
    return this.calls >= this.failAt;
  }

  /** The same object, with every method of it counted. */
  on<T extends object>(name: string, target: T, methods: readonly (keyof T & string)[]): T {
    return new Proxy(target, {
      get: (object, key, receiver) => {
        const value: unknown = Reflect.get(object, key, receiver);
        if (typeof value !== 'function' || !methods.includes(key as keyof T & string)) return value;
        return (...args: unknown[]): unknown => {
          this.check(`${name}.${String(key)}`);
          return (value as (...args: unknown[]) => unknown).apply(object, args);
        };
      },
    });
  }

  check(call: string): void {
    this.calls += 1;
    this.seen.push(call);
    const fails = this.mode === 'die' ? this.calls >= this.failAt : this.calls === this.failAt;
    if (fails) throw new PlantedFault(call);
  }
}
