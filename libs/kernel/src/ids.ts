import { randomUUID } from 'node:crypto';

/** Port: identifiers. Injected so that tests can predict them. */
export abstract class Ids {
  /** A new UUID. */
  abstract next(): string;
}

export class RandomIds extends Ids {
  override next(): string {
    return randomUUID();
  }
}
