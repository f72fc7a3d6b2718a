import { variablesOf } from './env.decorator';

/** What a variable is when nobody adjusts it, and whether the environment or the code says so. */
export interface ConfiguredValue {
  readonly value: unknown;
  readonly source: 'environment' | 'default';
}

/** Values that stand before those of the start while the process runs, by the name of their variable. */
export class Adjustments {
  private values: ReadonlyMap<string, unknown> = new Map();
  private readonly configured = new Map<string, ConfiguredValue>();

  /** From the next read of any config on. What is not named is as it was at the start. */
  replace(values: ReadonlyMap<string, unknown>): void {
    this.values = values;
  }

  /** @throws Error for a variable of no config class */
  configuredValue(variable: string): ConfiguredValue {
    const configured = this.configured.get(variable);
    if (!configured) throw new Error(`No config has a variable ${variable}`);
    return configured;
  }

  /** A config that asks for adjustments each time one of its properties is read. */
  over<C extends object>(config: C, isNamed: (variable: string) => boolean): C {
    const properties = variablesOf(config.constructor).map(({ name, property }) => {
      const value: unknown = Reflect.get(config, property);
      this.configured.set(name, { value, source: isNamed(name) ? 'environment' : 'default' });
      return [property, { enumerable: true, get: () => (this.values.has(name) ? this.values.get(name) : value) }];
    });
    return Object.freeze(Object.create(config, Object.fromEntries(properties) as PropertyDescriptorMap)) as C;
  }
}
