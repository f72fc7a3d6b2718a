import { Controller, Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { Audited } from '#libs/audit';
import {
  ApiExport,
  ApiList,
  ExportFormatParam,
  ListParams,
  ResourceNotFoundError,
  sendExport,
  type ExportFormat,
  type ListQuery,
} from '#libs/crud';
import {
  Access,
  ApiProblems,
  CurrentUser,
  Entitled,
  InvalidRequestError,
  RateLimit,
  UuidParam,
  type Principal,
} from '#libs/http';
import type { Page } from '#libs/kernel';

import { WebhookDeliveriesService } from './webhook-deliveries.service';
import { WEBHOOK_DELIVERY_RESOURCE } from './webhook-delivery.resource';
import { WebhookDeliveryView } from './webhook-delivery.view';

/** Each one makes the product call an address outside. */
const RETRIES = { requests: 60, perSeconds: 60 };

@ApiTags('Administration')
@Controller('admin/webhook-deliveries')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
export class WebhookDeliveriesController {
  constructor(private readonly deliveries: WebhookDeliveriesService) {}

  @Get()
  @ApiOperation({ summary: 'What was sent to the webhooks of your organization', description: 'Kept for 30 days.' })
  @ApiList(WebhookDeliveryView, WEBHOOK_DELIVERY_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<WebhookDeliveryView>>> {
    return this.deliveries.list(caller, query);
  }

  @Get('export')
  @Audited({ action: 'webhook-delivery.exported', resource: WEBHOOK_DELIVERY_RESOURCE.name, apart: true })
  @ApiExport(WEBHOOK_DELIVERY_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.deliveries.export(caller, query, format));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One delivery' })
  @ApiOkResponse({ type: WebhookDeliveryView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<WebhookDeliveryView> {
    return this.deliveries.get(caller, id);
  }

  @Post(':id/retry')
  @Entitled('webhooks')
  @HttpCode(202)
  @RateLimit(RETRIES)
  @ApiOperation({
    summary: 'Send it once more',
    description: 'Whatever became of it: receivers know an event by its id.',
  })
  @ApiAcceptedResponse({ type: WebhookDeliveryView })
  @ApiProblems(ResourceNotFoundError)
  retry(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<WebhookDeliveryView> {
    return this.deliveries.retry(caller, id);
  }
}
