export { ApiList } from './query/api-list.decorator';
export { CrudService } from './service/crud.service';
export {
  DuplicateResourceError,
  FieldNotWritableError,
  InvalidIfMatchError,
  InvalidQueryValueError,
  ResourceNotFoundError,
  ResourceReferencedError,
  StaleResourceError,
  UnknownQueryFieldError,
} from './crud.errors';
export { EtagInterceptor } from './etag.interceptor';
export { etagOf, parseIfMatch } from './etag';
export { IfMatch } from './if-match.decorator';
export { ListParams } from './query/list-params.decorator';
export type { ListQuery } from './query/list-query';
export { parseListQuery } from './query/parse-list-query';
export type { ListedFields, ResourceDefinition } from './resource-definition';
export { ALIAS, applyListQuery } from './service/apply-list-query';
export { pickFields } from './service/pick-fields';
