export { AdministeredDto, NOT_PROPOSED } from './administered.dto';
export { BulkIds } from './bulk/bulk-ids.decorator';
export { BulkResultView } from './bulk/bulk-result.view';
export { runBulk } from './bulk/run-bulk';
export {
  DuplicateResourceError,
  FieldNotWritableError,
  ResourceNotFoundError,
  ResourceReferencedError,
  StaleResourceError,
} from './crud.errors';
export { EtagInterceptor } from './etag.interceptor';
export { ApiExport } from './export/api-export.decorator';
export { ExportFormatParam, type ExportFormat } from './export/export-format';
export { asCaller, writeExport, type ResourceExport } from './export/resource-export';
export { sendExport } from './export/send-export';
export { IfMatch } from './if-match.decorator';
export { ApiList, ApiPage } from './query/api-list.decorator';
export { ListParams } from './query/list-params.decorator';
export type { ListQuery } from './query/list-query';
export { PageDto } from './query/page.dto';
export { parseListQuery } from './query/parse-list-query';
export type { ListedFields, ResourceDefinition } from './resource-definition';
export { ALIAS, applyListQuery } from './service/apply-list-query';
export { CrudService } from './service/crud.service';
export { pickFields } from './service/pick-fields';
export { requireRows } from './service/require-rows';
export { ResourceReader } from './service/resource-reader';
