import type { Clock } from '#libs/kernel';

import type { AttemptLedger } from './attempt-ledger';
import type { IngestionAttempt } from './ingestion-attempt';

/** Milliseconds between two writes: what a person can see, and no more load on the database than that. */
const WRITE_EVERY_MS = 250;
/** Share of the whole that lies behind when a step begins; embedding takes most of the time. */
const EXTRACTED = 0.15;
const CHUNKED = 0.2;

/** Tells how far an attempt has come, not more often than anybody can look. */
export class ProgressReport {
  private chunkCount = 0;
  private writtenAt = 0;

  constructor(
    private readonly ledger: AttemptLedger,
    private readonly attempt: IngestionAttempt,
    private readonly clock: Clock,
  ) {}

  /** @throws AttemptLostError, as every method here */
  async startChunking(): Promise<void> {
    await this.ledger.advance(this.attempt, 'chunking', EXTRACTED);
  }

  async startEmbedding(chunkCount: number): Promise<void> {
    this.chunkCount = chunkCount;
    await this.write(CHUNKED);
  }

  async embedded(done: number): Promise<void> {
    if (this.clock.now().getTime() - this.writtenAt < WRITE_EVERY_MS) return;
    await this.write(CHUNKED + (1 - CHUNKED) * (done / this.chunkCount) * 0.99);
  }

  private async write(progress: number): Promise<void> {
    this.writtenAt = this.clock.now().getTime();
    await this.ledger.advance(this.attempt, 'embedding', progress);
  }
}
