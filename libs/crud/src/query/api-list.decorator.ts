import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiQuery, getSchemaPath } from '@nestjs/swagger';

import { ApiProblems } from '#libs/http';

import { InvalidQueryValueError, UnknownQueryFieldError } from '../crud.errors';
import type { ListedFields } from '../resource-definition';
import { DEFAULT_PAGE_SIZE, FILTER_OPERATORS, MAX_PAGE_SIZE } from './list-query';

const pageSchema = (view: Type) => ({
  type: 'object',
  required: ['items', 'page', 'pageSize', 'total'],
  properties: {
    items: { type: 'array', items: { $ref: getSchemaPath(view) } },
    page: { type: 'integer', minimum: 1, example: 1 },
    pageSize: { type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, example: DEFAULT_PAGE_SIZE },
    total: { type: 'integer', minimum: 0, example: 1 },
  },
});

/** Documents the page a list answers; its parameters are those of `PageDto`. */
export const ApiPage = (view: Type): MethodDecorator =>
  applyDecorators(ApiExtraModels(view), ApiOkResponse({ schema: pageSchema(view) }));

const text = (name: string, description: string, example?: string): MethodDecorator =>
  ApiQuery({ name, required: false, description, schema: { type: 'string', ...(example ? { example } : {}) } });

const number = (name: string, initial: number, maximum?: number): MethodDecorator =>
  ApiQuery({
    name,
    required: false,
    schema: { type: 'integer', minimum: 1, default: initial, ...(maximum ? { maximum } : {}) },
  });

const filters = ({ filterable }: ListedFields): MethodDecorator[] =>
  filterable.map((field) =>
    text(`filter[${field}]`, `Equal to; or \`filter[${field}][op]\` with op ${FILTER_OPERATORS.join(', ')}.`),
  );

/** Documents what a list or an export may be asked for: order, fields, words and filters. */
export const ApiListParameters = (fields: ListedFields): MethodDecorator =>
  applyDecorators(
    text(
      'sort',
      `Fields in order, \`-\` for descending: ${fields.sortable.join(', ')}.`,
      `-${fields.sortable[0] ?? 'id'}`,
    ),
    text('fields', `Only these fields of each item: ${fields.selectable.join(', ')}.`),
    ...(fields.searchable.length > 0 ? [text('q', `Part of ${fields.searchable.join(' or ')}.`)] : []),
    ...filters(fields),
    ApiProblems(UnknownQueryFieldError, InvalidQueryValueError),
  );

/** Documents a list route: its parameters with the fields that may be named in them, the page it answers, its problems. */
export const ApiList = (view: Type, fields: ListedFields): MethodDecorator =>
  applyDecorators(
    ApiPage(view),
    number('page', 1),
    number('pageSize', DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE),
    ApiListParameters(fields),
  );
