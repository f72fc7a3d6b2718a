import { Module } from '@nestjs/common';

import { PingWebhook } from './delivery/ping-webhook';
import { WebhookDeliveriesController } from './delivery/webhook-deliveries.controller';
import { WebhookDeliveriesService } from './delivery/webhook-deliveries.service';
import { IntegrationsCoreModule } from './integrations-core.module';
import { WebhooksController } from './webhook/webhooks.controller';
import { WebhooksService } from './webhook/webhooks.service';

/** Webhooks and their deliveries over HTTP. They are carried out where IntegrationsWorkerModule is. */
@Module({
  imports: [IntegrationsCoreModule],
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [WebhooksService, WebhookDeliveriesService, PingWebhook],
})
export class IntegrationsModule {}
