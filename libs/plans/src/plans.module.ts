import { Global, Module } from '@nestjs/common';

import { Quotas } from './quota/quotas';

/** What organizations may use and what they have used. Global, because whatever spends asks it. */
@Global()
@Module({ providers: [Quotas], exports: [Quotas] })
export class PlansModule {}
