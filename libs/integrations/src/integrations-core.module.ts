import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { SecretBox } from '#libs/settings';

import { QueuedDeliveries } from './delivery/queued-deliveries';
import { WebhookDeliveryEntity } from './delivery/webhook-delivery.entity';
import { WebhookSecrets } from './webhook/webhook-secrets';
import { WebhookEntity } from './webhook/webhook.entity';

const forOthers = [QueuedDeliveries, WebhookSecrets];

/** What the HTTP side and the worker share. */
@Module({
  imports: [TypeOrmModule.forFeature([WebhookEntity, WebhookDeliveryEntity])],
  providers: [SecretBox, ...forOthers],
  exports: forOthers,
})
export class IntegrationsCoreModule {}
