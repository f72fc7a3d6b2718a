import { EmbeddedBroker } from './embedded-broker';
import { BROKER_VARIABLE } from './embedded-broker-variable';

const holder = globalThis as { myIaBroker?: EmbeddedBroker };

/** Starts no server: the first test that wants one does, so a run of pure unit tests costs nothing. Jest wants a default export. */
export default async (): Promise<void> => {
  const broker = new EmbeddedBroker();
  await broker.listen();
  holder.myIaBroker = broker;
  process.env[BROKER_VARIABLE] = broker.socket;
};
