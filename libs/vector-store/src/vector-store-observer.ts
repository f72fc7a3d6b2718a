export type VectorOperation = 'ensure' | 'upsert' | 'query' | 'remove' | 'list' | 'count' | 'drop' | 'ping';

/** Port: is told how long each call to the vector store took, retries included. Optional. */
export abstract class VectorStoreObserver {
  abstract observe(operation: VectorOperation, seconds: number, succeeded: boolean): void;
}
