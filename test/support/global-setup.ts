import { EmbeddedBroker } from './embedded-broker';

const holder = globalThis as { myIaBroker?: EmbeddedBroker };

/** Starts no server: the first test that wants one does, so a run of pure unit tests costs nothing. Jest wants a default export. */
export default async (): Promise<void> => {
  const broker = new EmbeddedBroker();
  await broker.listen();
  holder.myIaBroker = broker;
  process.env.MYIA_TEST_BROKER = broker.socket;
};
