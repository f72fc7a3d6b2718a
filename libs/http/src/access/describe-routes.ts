import { RequestMethod, type INestApplication, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_PATH, PATH_METADATA } from '@nestjs/common/constants';
import { ApplicationConfig, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory';

import type { AccessRule } from './access.decorator';
import type { Feature } from './features';
import type { Flag } from './flags';
import { accessOf, featureOf, flagOf } from './rule-of';
import type { Scope } from './scopes';

/** One line of the role table. */
export interface RouteDescription {
  readonly method: string;
  /** Full path with its prefix; parameters as `:name`. */
  readonly path: string;
  readonly access: AccessRule;
  /** What an API key needs; undefined when no key may call the route. */
  readonly scope: Scope | undefined;
  /** What the plan of the organization needs besides; undefined when every plan has it. */
  readonly feature: Feature | undefined;
  /** What administrators may close it by; undefined when they may not. */
  readonly flag: Flag | undefined;
  /** Whether the rules on addresses do not hold for it. */
  readonly anywhere: boolean;
  /** `Controller.handler`, to find the route in the code. */
  readonly handler: string;
}

type Handler = (...args: unknown[]) => unknown;

interface ControllerRef {
  readonly type: Type;
  readonly modulePath: string | undefined;
}

const controllersOf = (app: INestApplication): ControllerRef[] =>
  [...app.get(ModulesContainer).values()].flatMap((module) => {
    const modulePath = Reflect.getMetadata(MODULE_PATH, module.metatype) as string | undefined;
    return [...module.controllers.values()].map(({ metatype }) => ({ type: metatype as Type, modulePath }));
  });

const handlersOf = (type: Type): Handler[] => {
  const prototype = type.prototype as Record<string, Handler>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .flatMap((name) => prototype[name] ?? [])
    .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler));
};

const pathsOf = (target: object): string[] => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();

/** Every route of an initialized application with who may call it, sorted by path: the source of the role table. */
export const describeRoutes = (app: INestApplication): RouteDescription[] => {
  const config = app.get(ApplicationConfig);
  const factory = new RoutePathFactory(config);
  const reflector = app.get(Reflector);
  const describe = ({ type, modulePath }: ControllerRef, handler: Handler): RouteDescription[] => {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod;
    const route = { getHandler: () => handler, getClass: <T>() => type as Type<T> };
    const { rule: access, scope, anywhere = false } = accessOf(reflector, route);
    const feature = featureOf(reflector, route);
    const flag = flagOf(reflector, route);
    const paths = pathsOf(type).flatMap((ctrlPath) =>
      pathsOf(handler).flatMap((methodPath) =>
        factory.create(
          { ctrlPath, methodPath, ...(modulePath ? { modulePath } : {}), globalPrefix: config.getGlobalPrefix() },
          method,
        ),
      ),
    );
    return paths.map((path) => ({
      method: RequestMethod[method],
      path,
      access,
      scope,
      feature,
      flag,
      anywhere,
      handler: `${type.name}.${handler.name}`,
    }));
  };
  return controllersOf(app)
    .flatMap((controller) => handlersOf(controller.type).flatMap((handler) => describe(controller, handler)))
    .sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
};
