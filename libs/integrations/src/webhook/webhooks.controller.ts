import { Body, Controller, Delete, Get, HttpCode, Patch, Post, StreamableFile, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';

import {
  ApiExport,
  ApiList,
  BulkResultView,
  EtagInterceptor,
  ExportFormatParam,
  IfMatch,
  ListParams,
  ResourceNotFoundError,
  runBulk,
  sendExport,
  StaleResourceError,
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

import { PingWebhook } from '../delivery/ping-webhook';
import { WebhookDeliveryView } from '../delivery/webhook-delivery.view';
import { BulkWebhooksDto, CreateWebhookDto, UpdateWebhookDto } from './webhook.dto';
import { TooManyWebhooksError, WebhookUrlRefusedError } from './webhook.errors';
import { WEBHOOK_RESOURCE } from './webhook.resource';
import { WebhookView, WebhookWithSecretView } from './webhook.view';
import { WebhooksService } from './webhooks.service';

/** Each one makes the product call an address outside. */
const PINGS = { requests: 20, perSeconds: 60 };

@ApiTags('Administration')
@Controller('admin/webhooks')
@Access('admin', { scope: 'admin' })
@ApiProblems(InvalidRequestError)
@UseInterceptors(EtagInterceptor)
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly pinging: PingWebhook,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The addresses that are told what happens in your organization' })
  @ApiList(WebhookView, WEBHOOK_RESOURCE)
  list(@CurrentUser() caller: Principal, @ListParams() query: ListQuery): Promise<Page<Partial<WebhookView>>> {
    return this.webhooks.list(caller, query);
  }

  @Post()
  @Entitled('webhooks')
  @ApiOperation({
    summary: 'Add an address',
    description: 'The answer holds the secret that deliveries are signed with; it is not shown again.',
  })
  @ApiCreatedResponse({ type: WebhookWithSecretView })
  @ApiProblems(WebhookUrlRefusedError, TooManyWebhooksError)
  create(@CurrentUser() caller: Principal, @Body() webhook: CreateWebhookDto): Promise<WebhookWithSecretView> {
    return this.webhooks.register(caller, webhook);
  }

  @Get('export')
  @ApiExport(WEBHOOK_RESOURCE)
  export(
    @CurrentUser() caller: Principal,
    @ListParams(['format']) query: ListQuery,
    @ExportFormatParam() format: ExportFormat,
  ): Promise<StreamableFile> {
    return sendExport(this.webhooks.export(caller, query, format));
  }

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete several webhooks, or switch them on or off',
    description: 'Each on its own: `results` tells what became of it.',
  })
  @ApiOkResponse({ type: BulkResultView })
  bulk(@CurrentUser() caller: Principal, @Body() { action, ids }: BulkWebhooksDto): Promise<BulkResultView> {
    return runBulk(ids, (id) => this.webhooks.act(caller, action, id), caller.locale);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One webhook' })
  @ApiOkResponse({ type: WebhookView })
  @ApiProblems(ResourceNotFoundError)
  get(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<WebhookView> {
    return this.webhooks.get(caller, id);
  }

  @Patch(':id')
  @Entitled('webhooks')
  @ApiOperation({ summary: 'Change a webhook, or switch it on or off' })
  @ApiOkResponse({ type: WebhookView })
  @ApiProblems(ResourceNotFoundError, StaleResourceError, WebhookUrlRefusedError)
  update(
    @CurrentUser() caller: Principal,
    @UuidParam() id: string,
    @Body() changes: UpdateWebhookDto,
    @IfMatch() version?: number,
  ): Promise<WebhookView> {
    return this.webhooks.update(caller, id, changes, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a webhook with its deliveries' })
  @ApiNoContentResponse()
  @ApiProblems(ResourceNotFoundError, StaleResourceError)
  remove(@CurrentUser() caller: Principal, @UuidParam() id: string, @IfMatch() version?: number): Promise<void> {
    return this.webhooks.remove(caller, id, version);
  }

  @Post(':id/rotate-secret')
  @Entitled('webhooks')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Draw another secret',
    description: 'Shown this once. For a day, deliveries bear a signature of the former secret too.',
  })
  @ApiOkResponse({ type: WebhookWithSecretView })
  @ApiProblems(ResourceNotFoundError)
  rotateSecret(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<WebhookWithSecretView> {
    return this.webhooks.rotateSecret(caller, id);
  }

  @Post(':id/ping')
  @Entitled('webhooks')
  @HttpCode(202)
  @RateLimit(PINGS)
  @ApiOperation({
    summary: 'Send a test delivery',
    description: 'Also when the webhook is switched off. Read the delivery to see what became of it.',
  })
  @ApiAcceptedResponse({ type: WebhookDeliveryView })
  @ApiProblems(ResourceNotFoundError)
  ping(@CurrentUser() caller: Principal, @UuidParam() id: string): Promise<WebhookDeliveryView> {
    return this.pinging.execute(caller, id);
  }
}
