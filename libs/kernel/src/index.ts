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
export { DOMAIN_EVENT_TYPES, type DomainEvent, type DomainEventType } from './domain-event';
export { Ids, RandomIds } from './ids';
export {
  isAddressAllowed,
  isAddressIn,
  normalizeIpRange,
  normalizeIpRanges,
  readIpRange,
  type IpRange,
} from './ip-ranges';
export type { Page } from './page';
export { KeyedSlots } from './keyed-slots';
