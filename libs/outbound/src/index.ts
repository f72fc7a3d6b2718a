export { literalAddress } from './literal-address';
export { NameResolver } from './name-resolver';
export { Network, type Destination } from './network';
export { OutboundError, type OutboundFailure } from './outbound-error';
export { OutboundHttp } from './outbound-http';
export { OutboundModule } from './outbound.module';
export type { OutboundRules } from './outbound-rules';
export { isReachable } from './reachable-address';
