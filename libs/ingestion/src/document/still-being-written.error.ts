/** A purge came too early: an ingestion has not yet noticed the deletion. The queue tries again; nobody sees this. */
export class StillBeingWrittenError extends Error {
  constructor() {
    super('An ingestion still writes to what is to be purged');
  }
}
