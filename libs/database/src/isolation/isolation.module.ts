import { Module } from '@nestjs/common';

import { OrganizationScope } from './organization-scope';

/** One scope per process: the pool asks it, the request context tells it. */
@Module({ providers: [OrganizationScope], exports: [OrganizationScope] })
export class IsolationModule {}
