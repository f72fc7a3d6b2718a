import { Module } from '@nestjs/common';

import { OutboundModule } from '#libs/outbound';

import { OutboundWebhookTransport } from './delivery/adapters/outbound-webhook-transport';
import { AttemptRecord } from './delivery/attempt-record';
import { DeliverWebhook } from './delivery/deliver-webhook';
import { ForgetDeliveries } from './delivery/forget-deliveries';
import { WebhookTransport } from './delivery/webhook-transport';
import { DispatchEvent } from './dispatch/dispatch-event';
import { IntegrationsCoreModule } from './integrations-core.module';
import { IntegrationsWorker } from './integrations-worker';

/** Passes events on to webhooks, in the process that includes it. */
@Module({
  imports: [IntegrationsCoreModule, OutboundModule],
  providers: [
    AttemptRecord,
    DeliverWebhook,
    DispatchEvent,
    ForgetDeliveries,
    IntegrationsWorker,
    { provide: WebhookTransport, useClass: OutboundWebhookTransport },
  ],
})
export class IntegrationsWorkerModule {}
