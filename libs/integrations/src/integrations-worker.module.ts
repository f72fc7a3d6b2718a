import { Module } from '@nestjs/common';

import { NodeWebhookTransport } from './delivery/adapters/node-webhook-transport';
import { AttemptRecord } from './delivery/attempt-record';
import { DeliverWebhook } from './delivery/deliver-webhook';
import { ForgetDeliveries } from './delivery/forget-deliveries';
import { WebhookTransport } from './delivery/webhook-transport';
import { DispatchEvent } from './dispatch/dispatch-event';
import { IntegrationsCoreModule } from './integrations-core.module';
import { IntegrationsWorker } from './integrations-worker';

/** Passes events on to webhooks, in the process that includes it. */
@Module({
  imports: [IntegrationsCoreModule],
  providers: [
    AttemptRecord,
    DeliverWebhook,
    DispatchEvent,
    ForgetDeliveries,
    IntegrationsWorker,
    { provide: WebhookTransport, useClass: NodeWebhookTransport },
  ],
})
export class IntegrationsWorkerModule {}
