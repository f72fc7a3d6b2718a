import { Module } from '@nestjs/common';

import { Network } from './network';
import { OutboundHttp } from './outbound-http';

/** Calls to servers outside. */
@Module({ providers: [Network, OutboundHttp], exports: [OutboundHttp] })
export class OutboundModule {}
