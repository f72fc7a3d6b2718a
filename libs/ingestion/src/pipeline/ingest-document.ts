import { Injectable, Logger, Optional } from '@nestjs/common';

import { Clock } from '#libs/kernel';
import { Metrics } from '#libs/observability';

import { IngestionFailedError, IngestionInterruptedError } from '../document/document.errors';
import { AdmitDocument } from '../screening/admit-document';
import { AttemptHeartbeat } from './attempt-heartbeat';
import { AttemptLedger } from './attempt-ledger';
import { ChunkTable, type StoredGeneration } from './chunk-table';
import { FileReader } from './file-reader';
import { judge } from './failure-policy';
import { GenerationRemover } from './generation-remover';
import { AttemptLostError, nextGeneration, spaceOf, type IngestionAttempt } from './ingestion-attempt';
import { ProgressReport } from './progress-report';
import { VectorWriter } from './vector-writer';
import { WordWriter } from './word-writer';

/** More than the queue's own attempts, for those that a crash took without a trace. */
const MAX_ATTEMPTS = 12;

/** The stages whose time is worth knowing apart. */
type IngestionStep = 'extract' | 'chunk' | 'embed' | 'publish' | 'total';

export interface AttemptOptions {
  /** Aborted when the process stops or the queue has given the job to another worker. */
  readonly signal: AbortSignal;
  /** No retry will follow: whatever fails now is final. */
  readonly isLast: boolean;
}

/**
 * Use case: makes a stored file searchable in the steps extract, chunk, embed, index. Everything is written under the
 * next generation and becomes visible in one transaction; a crash at any point leaves the live generation as it was and
 * the next attempt goes on where text and chunks are already stored.
 */
@Injectable()
export class IngestDocument {
  private readonly logger = new Logger(IngestDocument.name);

  constructor(
    private readonly ledger: AttemptLedger,
    private readonly files: FileReader,
    private readonly admission: AdmitDocument,
    private readonly chunks: ChunkTable,
    private readonly vectors: VectorWriter,
    private readonly words: WordWriter,
    private readonly leftovers: GenerationRemover,
    private readonly clock: Clock,
    @Optional() private readonly metrics?: Metrics,
  ) {}

  /**
   * One attempt. Ends quietly when there is nothing to do, when the document was deleted, and when it failed for good.
   * @throws the reason when another attempt may pass, for the queue to retry
   */
  async execute(documentId: string, { signal, isLast }: AttemptOptions): Promise<void> {
    const attempt = await this.ledger.claim(documentId);
    if (!attempt) return;
    using heartbeat = new AttemptHeartbeat(this.ledger, attempt, signal);
    try {
      await this.timed('total', () => this.ingest(attempt, heartbeat.signal));
    } catch (error) {
      await this.end(attempt, error, { signal, isLast });
    }
  }

  private async ingest(attempt: IngestionAttempt, signal: AbortSignal): Promise<void> {
    if (attempt.attempts > MAX_ATTEMPTS) throw new IngestionInterruptedError(attempt.attempts - 1);
    const progress = new ProgressReport(this.ledger, attempt, this.clock);
    const stored = (await this.resumable(attempt)) ?? (await this.readFile(attempt, progress, signal));
    if (!stored) return;
    const title = attempt.titleGiven ? attempt.title : (stored.title ?? attempt.title);
    await progress.startEmbedding(stored.chunkCount);
    const target = { ...attempt, generation: nextGeneration(attempt), title };
    await this.words.write(target, signal);
    await this.timed('embed', () => this.vectors.write(target, (done) => progress.embedded(done), signal));
    signal.throwIfAborted();
    await this.timed('publish', () => this.ledger.publish(attempt, { ...stored, title }));
  }

  /** Text and chunks of an earlier attempt; a document that was queued anew starts from nothing instead. */
  private async resumable(attempt: IngestionAttempt): Promise<StoredGeneration | undefined> {
    if (attempt.attempts > 1) return this.chunks.find(attempt);
    await this.leftovers.remove(spaceOf(attempt), attempt.documentId, nextGeneration(attempt));
    return undefined;
  }

  /** Undefined when the document is put into quarantine instead. */
  private async readFile(
    attempt: IngestionAttempt,
    progress: ProgressReport,
    signal: AbortSignal,
  ): Promise<StoredGeneration | undefined> {
    const document = await this.timed('extract', () => this.files.read(attempt, signal));
    if (!(await this.admission.execute(attempt, document.screening, progress))) return undefined;
    await this.timed('chunk', () => this.chunks.write(attempt, document));
    return {
      title: document.title ?? null,
      language: document.language,
      pageCount: document.pages.length || null,
      chunkCount: document.chunks.length,
      tokenCount: document.chunks.reduce((sum, { tokenCount }) => sum + tokenCount, 0),
    };
  }

  private async end(attempt: IngestionAttempt, error: unknown, options: AttemptOptions): Promise<void> {
    try {
      await this.conclude(attempt, error, options);
    } finally {
      // Of a document that was deleted meanwhile, too.
      await this.ledger.release(attempt);
    }
  }

  private async conclude(attempt: IngestionAttempt, error: unknown, { signal, isLast }: AttemptOptions): Promise<void> {
    if (isLost(error)) return;
    const { reason, mayPass } = judge(error);
    if (signal.aborted || (mayPass && !isLast)) {
      await this.ledger.postpone(attempt, signal.aborted ? undefined : reason);
      throw error;
    }
    this.logger.warn({ msg: 'Ingestion failed', documentId: attempt.documentId, code: reason.code });
    if (reason instanceof IngestionFailedError) this.logger.error(reason.cause);
    await this.ledger.fail(attempt, reason);
  }

  private async timed<T>(step: IngestionStep, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.metrics?.observeIngestion(step, (performance.now() - start) / 1_000);
    }
  }
}

/** Also when the heartbeat noticed first, and a step reports it as its own abort. */
const isLost = (error: unknown): boolean =>
  error instanceof AttemptLostError || (error instanceof Error && error.cause instanceof AttemptLostError);
