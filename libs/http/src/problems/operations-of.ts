import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Every operation of a document with its path. */
export const operationsOf = ({ paths }: OpenAPIObject): (readonly [path: string, operation: Operation])[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [[path, operation] as const] : [];
    }),
  );
