import type { OpenAPIObject } from '@nestjs/swagger';

import { NOT_PROPOSED } from '#libs/crud';
import { operationsOf } from '#libs/http';

interface Schema {
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly [NOT_PROPOSED]?: boolean;
  example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** For values that look alike everywhere; whatever means something of its own brings its own example. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '9d58a7c1-4d1c-4a9e-9d58-4f5a3f0a7c11',
  'date-time': '2026-01-15T09:30:00.000Z',
};

const schemasOf = ({ components }: OpenAPIObject): Schema[] => Object.values(components?.schemas ?? {}) as Schema[];

const propertiesOf = (document: OpenAPIObject): Schema[] =>
  schemasOf(document).flatMap(({ properties = {} }) => Object.values(properties));

const parametersOf = (document: OpenAPIObject): Schema[] =>
  operationsOf(document)
    .flatMap(([, { parameters = [] }]) => parameters)
    .flatMap((parameter) => ('schema' in parameter ? [parameter.schema as Schema] : []));

const sampleOf = (schema: Schema): unknown => schema.example ?? schema.default ?? schema.enum?.[0];

const proposeTheRest = (schema: Schema): void => {
  const fields = Object.entries(schema.properties ?? {});
  const proposed = fields.filter(([, field]) => !field[NOT_PROPOSED]);
  if (proposed.length === fields.length) return;
  schema.example ??= Object.fromEntries(proposed.map(([name, field]) => [name, sampleOf(field)]));
};

/** Gives ids and times an example, so that what Swagger UI proposes can be sent as it is. Changes the document. */
export const fillExamples = (document: OpenAPIObject): void => {
  for (const schema of [...propertiesOf(document), ...parametersOf(document)]) {
    const example = BY_FORMAT[schema.format ?? ''];
    if (example !== undefined) schema.example ??= example;
  }
  schemasOf(document).forEach(proposeTheRest);
};
