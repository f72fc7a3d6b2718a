import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import type { ListQuery } from '#libs/crud';
import type { Principal } from '#libs/http';

import { AUDIT_LOG_COLUMNS } from './audit-log.resource';
import type { AuditLogView } from './audit-log.view';
import { AuditLogsService } from './audit-logs.service';
import { csvLine } from './csv';
import type { ExportFormat } from './export-format';

export interface AuditLogExport {
  readonly mediaType: string;
  readonly filename: string;
  readonly content: Readable;
}

type Write = (entries: AsyncIterable<AuditLogView>) => AsyncGenerator<string>;

async function* writeCsv(entries: AsyncIterable<AuditLogView>): AsyncGenerator<string> {
  yield csvLine(AUDIT_LOG_COLUMNS);
  for await (const entry of entries) yield csvLine(AUDIT_LOG_COLUMNS.map((column) => entry[column]));
}

async function* writeJson(entries: AsyncIterable<AuditLogView>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const entry of entries) {
    yield separator + JSON.stringify(entry);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

const FORMATS: Readonly<Record<ExportFormat, { readonly mediaType: string; readonly write: Write }>> = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: writeCsv },
  json: { mediaType: 'application/json; charset=utf-8', write: writeJson },
};

/** Use case: the log, or a filtered part of it, as a file that is written while it is sent. */
@Injectable()
export class ExportAuditLog {
  constructor(private readonly logs: AuditLogsService) {}

  /** @throws UnknownQueryFieldError @throws InvalidQueryValueError */
  execute(principal: Principal, query: ListQuery, format: ExportFormat): AuditLogExport {
    this.logs.assertExportable(principal, query);
    const { mediaType, write } = FORMATS[format];
    const content = Readable.from(write(this.logs.all(principal, query)), { objectMode: false });
    return { mediaType, filename: `audit-logs.${format}`, content };
  }
}
