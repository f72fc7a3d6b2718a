import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Access, ApiProblems, CurrentUser, LongLived, UuidParam, type Principal } from '#libs/http';

import { CollectionNotFoundError } from '../collection/collection.errors';
import { sendChanges } from '../document/send-changes';
import { BatchProgressView } from './batch-progress.view';
import { FollowBatch } from './follow-batch';
import { BatchNotFoundError } from './upload.errors';

const EVENT_EXAMPLE =
  'id: 1\nevent: progress\ndata: {"batchId":"5b1c3a52-6f1e-4c55-8a64-0d8f3c1d2b77","files":1000,"rejected":2,"documents":995,"queued":600,"processing":2,"ready":390,"failed":2,"removed":1,"progress":0.396}\n\n';

@ApiTags('Documents')
@ApiExtraModels(BatchProgressView)
@Access('user', { scope: 'documents:read' })
@Controller('collections/:id/batches')
export class BatchesController {
  constructor(private readonly following: FollowBatch) {}

  @Get(':batchId/events')
  @LongLived()
  @ApiOperation({
    summary: 'Follow the ingestion of an upload as server-sent events',
    description:
      'The first `progress` event is the present state, then one for each change; the stream ends when no document is queued or being processed. Its data is a BatchProgressView. A batch is forgotten after 30 days.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' }, example: EVENT_EXAMPLE } } })
  @ApiProblems(CollectionNotFoundError, BatchNotFoundError)
  async events(
    @CurrentUser() principal: Principal,
    @UuidParam() id: string,
    @UuidParam('batchId') batchId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.following.get(principal, id, batchId); // a 404 is a problem, not a stream
    await sendChanges(reply, request, 'progress', (closed) => this.following.execute(principal, id, batchId, closed));
  }
}
