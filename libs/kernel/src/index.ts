export { Clock, SystemClock } from './clock';
export {
  defineError,
  DomainError,
  errorCatalogue,
  LOCALES,
  renderErrorText,
  type ErrorDefinition,
  type ErrorDetails,
  type ErrorKind,
  type ErrorText,
  type Locale,
} from './domain-error';
export { Ids, RandomIds } from './ids';
export type { Page } from './page';
export { KeyedSlots } from './keyed-slots';
