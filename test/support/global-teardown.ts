import type { EmbeddedBroker } from './embedded-broker';

const holder = globalThis as { myIaBroker?: EmbeddedBroker };

/** Jest wants a default export. */
export default async (): Promise<void> => {
  await holder.myIaBroker?.stop();
};
