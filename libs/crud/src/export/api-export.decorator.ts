import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiQuery } from '@nestjs/swagger';

import { ApiProblems, InvalidRequestError } from '#libs/http';

import { ExportTooLargeError } from '../crud.errors';
import { ApiListParameters } from '../query/api-list.decorator';
import type { ListedFields } from '../resource-definition';
import { EXPORT_FORMATS } from './export-format';

/** Documents an export route: the parameters of the list without its pages, the format, and the file. */
export const ApiExport = (
  fields: ListedFields,
  summary = 'What the filters let through, as a CSV or JSON file',
): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary,
      description: 'Takes the filters of the list. Cells of a CSV file that a spreadsheet would run are made text.',
    }),
    ApiQuery({
      name: 'format',
      required: false,
      schema: { type: 'string', enum: [...EXPORT_FORMATS], default: 'csv' },
    }),
    ApiListParameters(fields),
    ApiProduces('text/csv', 'application/json'),
    ApiOkResponse({
      content: {
        'text/csv': { schema: { type: 'string' } },
        'application/json': { schema: { type: 'array', items: { type: 'object' } } },
      },
    }),
    ApiProblems(InvalidRequestError, ExportTooLargeError),
  );
