import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { PrometheusController } from '@willsoto/nestjs-prometheus';
import type { FastifyReply } from 'fastify';

import { Access, ApiProblems, Unlimited } from '#libs/http';

import { MetricsTokenError } from './metrics-token.error';
import { MetricsTokenGuard } from './metrics-token.guard';

@ApiTags('Service')
@Access('public', { anywhere: true })
@Unlimited()
@UseGuards(MetricsTokenGuard)
@Controller()
export class MetricsController extends PrometheusController {
  @Get()
  @ApiOperation({ summary: 'Metrics in the Prometheus text format' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'queue_depth{queue="ingestion"} 0' } })
  @ApiProblems(MetricsTokenError)
  override index(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return super.index(reply);
  }
}
