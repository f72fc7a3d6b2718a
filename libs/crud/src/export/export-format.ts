import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { InvalidRequestError } from '#libs/http';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const isFormat = (value: unknown): value is ExportFormat => EXPORT_FORMATS.some((format) => format === value);

/** `format` of an export, beside the filters of a list: a DTO would refuse those. @throws InvalidRequestError */
export const ExportFormatParam = createParamDecorator((_: unknown, context: ExecutionContext): ExportFormat => {
  const { format = 'csv' } = context.switchToHttp().getRequest<FastifyRequest>().query as { format?: unknown };
  if (isFormat(format)) return format;
  const values = EXPORT_FORMATS.join(', ');
  const message = { fr: `doit être une de ces valeurs : ${values}`, en: `must be one of these values: ${values}` };
  throw new InvalidRequestError([{ field: 'format', code: 'isIn', message }]);
});
