import { Module } from '@nestjs/common';

import { NameResolver } from './name-resolver';
import { Network } from './network';
import { OutboundHttp } from './outbound-http';

/** Calls to servers outside. */
@Module({ providers: [NameResolver, Network, OutboundHttp], exports: [OutboundHttp] })
export class OutboundModule {}
