import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access, ApiProblems, CurrentUser, type Principal } from '#libs/http';
import { VectorStoreUnavailableError } from '#libs/vector-store';

import { InspectConsistency } from './inspect-consistency';
import { ConsistencyView } from './consistency.view';

@ApiTags('Administration')
@Controller('admin/consistency')
@Access('admin', { scope: 'admin' })
export class ConsistencyController {
  constructor(private readonly inspection: InspectConsistency) {}

  @Get()
  @ApiOperation({
    summary: 'Whether database, vectors and files agree',
    description:
      'Looks at everything now: the own organization, or all of them for a superuser. What is being changed meanwhile is left ' +
      'out. To repair, start the job `check_consistency` with `repair`; the worker does so by itself every hour.',
  })
  @ApiOkResponse({ type: ConsistencyView })
  @ApiProblems(VectorStoreUnavailableError)
  inspect(@CurrentUser() caller: Principal): Promise<ConsistencyView> {
    return this.inspection.execute(caller);
  }
}
