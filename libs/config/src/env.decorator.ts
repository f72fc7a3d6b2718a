import 'reflect-metadata';

/** How the text of an environment variable becomes a value. */
export type EnvKind = 'text' | 'integer' | 'list';

export interface EnvVariable {
  /** Name of the environment variable. */
  readonly name: string;
  /** One line for .env.example and the README. */
  readonly description: string;
  readonly kind: EnvKind;
  /** Property of the config class that receives the value. */
  readonly property: string;
}

const VARIABLES = Symbol('config:variables');

/** Binds a property of a config class to an environment variable. The property's initializer is the default. */
export const Env =
  (name: string, description: string, kind: EnvKind = 'text'): PropertyDecorator =>
  (target, property) => {
    const variables = variablesOf(target.constructor);
    const variable: EnvVariable = { name, description, kind, property: String(property) };
    Reflect.defineMetadata(VARIABLES, [...variables, variable], target.constructor);
  };

/** The variables of a config class, in the order of their declaration. */
export const variablesOf = (configClass: object): readonly EnvVariable[] =>
  (Reflect.getMetadata(VARIABLES, configClass) as readonly EnvVariable[] | undefined) ?? [];
