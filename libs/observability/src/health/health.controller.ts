import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Access, Unlimited } from '#libs/http';

import { Readiness } from './readiness';
import { DependencyView, LivenessView, ReadinessView } from './readiness.view';

@ApiTags('Service')
@ApiExtraModels(DependencyView)
@Access('public', { anywhere: true })
@Unlimited()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process can serve at all' })
  @ApiOkResponse({ type: LivenessView })
  live(): LivenessView {
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether everything a request needs is there; degraded is still ready' })
  @ApiOkResponse({ type: ReadinessView })
  @ApiServiceUnavailableResponse({ type: ReadinessView, description: 'Something critical is down.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessView> {
    const view = await this.readiness.check();
    if (view.status === 'unavailable') void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return view;
  }
}
