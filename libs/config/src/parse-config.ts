import { validateSync } from 'class-validator';

import { variablesOf, type EnvKind } from './env.decorator';
import { InvalidConfigurationError, type ConfigurationProblem } from './invalid-configuration.error';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigClass<C extends object = object> = new () => C;

const convert: Record<EnvKind, (text: string) => unknown> = {
  text: (text) => text,
  integer: (text) => (/^-?\d+$/.test(text) ? Number(text) : Number.NaN),
  list: (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
};

/** Reads one config class; an empty variable counts as absent, so that `X=` in a .env file means "the default". */
const read = <C extends object>(configClass: ConfigClass<C>, env: Environment): C => {
  const config = new configClass();
  for (const { name, kind, property } of variablesOf(configClass)) {
    const text = env[name]?.trim();
    if (text) Reflect.set(config, property, convert[kind](text));
  }
  return config;
};

const problemsOf = (configClass: ConfigClass, config: object): ConfigurationProblem[] => {
  const nameOf = new Map(variablesOf(configClass).map(({ property, name }) => [property, name]));
  return validateSync(config, { forbidUnknownValues: false }).map(({ property, constraints }) => ({
    variable: nameOf.get(property) ?? property,
    message: Object.values(constraints ?? {})
      .map((message) => message.replace(property, 'it'))
      .join('; '),
  }));
};

/** What a config class says against a value of one of its properties; nothing when it accepts it. */
export const objectionsTo = (configClass: ConfigClass, property: string, value: unknown): string[] => {
  const config = new configClass();
  Reflect.set(config, property, value);
  const errors = validateSync(config, { forbidUnknownValues: false });
  return errors
    .filter((error) => error.property === property)
    .flatMap(({ constraints }) => Object.values(constraints ?? {}))
    .map((message) => message.replace(property, 'it'));
};

/**
 * Parses every config class at once, so that a bad start names every bad variable and never a value.
 * @throws InvalidConfigurationError
 */
export const parseConfig = (
  configClasses: readonly ConfigClass[],
  env: Environment,
): ReadonlyMap<ConfigClass, object> => {
  const configs = new Map(configClasses.map((configClass) => [configClass, read(configClass, env)]));
  const problems = [...configs].flatMap(([configClass, config]) => problemsOf(configClass, config));
  if (problems.length > 0) throw new InvalidConfigurationError(problems);
  for (const config of configs.values()) Object.freeze(config);
  return configs;
};
