export { InMemoryVectorStore } from './adapters/in-memory-vector-store';
export {
  SparseVectorStore,
  type SparseHit,
  type SparseRecord,
  type SparseScope,
  type SparseSpace,
} from './sparse-vector-store';
export { VectorStore, type VectorHit, type VectorRecord, type VectorSpace } from './vector-store';
export { InvalidVectorError, VectorDimensionError, VectorStoreUnavailableError } from './vector-store.errors';
export { VectorStoreModule } from './vector-store.module';
export { VectorStoreObserver, type VectorOperation } from './vector-store-observer';
