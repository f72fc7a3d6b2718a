import { Injectable } from '@nestjs/common';

import { RefusalObserver, type RefusedRequest } from '#libs/http';

import { RefusalTrail } from './refusal-trail';

/** Records every answer 401, 403 and 429 that the code behind the route has not recorded itself. */
@Injectable()
export class RecordedRefusals extends RefusalObserver {
  constructor(private readonly refusals: RefusalTrail) {
    super();
  }

  override refused({ method, route, code, status, resourceId }: RefusedRequest): Promise<void> {
    const details = { method, route, code, status };
    return this.refusals.record({ action: 'request.refused', resource: 'route', resourceId, details });
  }
}
