import { join, sep } from 'node:path';
import { MessageChannel } from 'node:worker_threads';

import { Piscina } from 'piscina';

import { type ChunkingOptions } from '../chunking/chunking-options';
import { DocumentTooComplexError, ExtractionTimeoutError } from './extraction.errors';
import { DEFAULT_EXTRACTION_LIMITS, type ExtractionLimits } from './extraction-limits';
import { type ChunkedDocument, type ExtractionReply, type ExtractionRequest, unpackReply } from './extraction-message';
import { NoTextRecognizer } from './recognition/no-text-recognizer';
import { serveRecognition } from './recognition/recognition-channel';
import { type TextRecognizer } from './recognition/text-recognizer';
import { Slots } from './slots';
import { TwoClocks } from './two-clocks';

export interface ExtractionSandboxOptions {
  /** Files parsed at the same time, one thread each. */
  readonly threads?: number;
  /** Longest time one file may take, its waiting for a thread and for the recognition of pictures not counted. */
  readonly timeoutSeconds?: number;
  /** JavaScript heap of one thread. */
  readonly memoryMb?: number;
  /** A thread without work ends after this, and its memory is free again. */
  readonly idleSeconds?: number;
  readonly limits?: Partial<ExtractionLimits>;
  /** Reads scanned pages and pictures, in this process and not in the thread; without one these are refused. */
  readonly recognizer?: TextRecognizer;
  /** Longest time the recognition of one file's pictures may take altogether. */
  readonly recognitionSeconds?: number;
}

export interface ExtractionTask {
  /** Absolute path of the stored file. */
  readonly filePath: string;
  /** As uploaded; it only decides between kinds of text. */
  readonly filename: string;
  /** Of a web page the article is read, without what surrounds it. Default: false. */
  readonly isFromWeb?: boolean;
  readonly chunking?: Partial<ChunkingOptions>;
  /** Gives the file up, and ends what runs for it. */
  readonly signal?: AbortSignal;
}

type ThreadTask = Omit<ExtractionRequest, 'recognition'>;

const DEFAULTS = { threads: 1, timeoutSeconds: 120, recognitionSeconds: 1_800, memoryMb: 512, idleSeconds: 10 };
/** Half of what an idle process keeps after its threads ended is their young generation: 60 MB less than by default. */
const YOUNG_GENERATION_MB = 8;
const WORKER_FILE = 'extraction-worker.js';

/** Beside this file once compiled; from source (tests) the compiled one, which is built before every test run. */
const workerPath = (): string => {
  const source = `${sep}libs${sep}ingestion${sep}`;
  const folder = __filename.endsWith('.ts') ? __dirname.replace(source, `${sep}dist${source}`) : __dirname;
  return join(folder, WORKER_FILE);
};

const isOutOfMemory = (error: unknown): boolean =>
  (error as { readonly code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Parses and chunks files in threads of their own, so that no file can stop, crash or fill the process: each is bounded in
 * time and memory and fails alone. A thread that was stopped is replaced at the next file.
 */
export class ExtractionSandbox {
  readonly #pool: Piscina<ExtractionRequest, ExtractionReply>;
  readonly #slots: Slots;
  readonly #timeoutSeconds: number;
  readonly #recognitionSeconds: number;
  readonly #limits: ExtractionLimits;
  readonly #recognizer: TextRecognizer;

  constructor(options: ExtractionSandboxOptions = {}) {
    const { threads, timeoutSeconds, recognitionSeconds, memoryMb, idleSeconds } = { ...DEFAULTS, ...options };
    this.#timeoutSeconds = timeoutSeconds;
    this.#recognitionSeconds = recognitionSeconds;
    this.#limits = { ...DEFAULT_EXTRACTION_LIMITS, ...options.limits };
    this.#recognizer = options.recognizer ?? new NoTextRecognizer();
    this.#slots = new Slots(threads);
    this.#pool = new Piscina({
      filename: workerPath(),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleSeconds * 1_000,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      // The thread reads untrusted files: it needs neither secrets nor the flags this process was started with.
      env: {},
      execArgv: [],
    });
  }

  /**
   * Reads one file and cuts it into chunks.
   *
   * @throws {ExtractionTimeoutError} it took longer than allowed
   * @throws {DocumentTooComplexError} it needed more memory than allowed, or exceeds another bound
   * @throws {DomainError} any other of `extraction.errors.ts`
   * @throws {Error} the stored file cannot be read, or the reason of the signal
   */
  extract({ filePath, filename, isFromWeb = false, chunking = {}, signal }: ExtractionTask): Promise<ChunkedDocument> {
    const request = { filePath, filename, isFromWeb, limits: this.#limits, chunking };
    return this.#slots.run(async () => unpackReply(await this.#runInThread(request, signal)));
  }

  /** Threads alive now, at work or idle. */
  get threadCount(): number {
    return this.#pool.threads.length;
  }

  /** Stops all threads; files being read are given up. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** The clock starts only now that a slot is free; aborting ends the thread, even inside WebAssembly. */
  async #runInThread(request: ThreadTask, cancelled = new AbortController().signal): Promise<ExtractionReply> {
    cancelled.throwIfAborted();
    const timeout = new AbortController();
    const clock = new TwoClocks(this.#timeoutSeconds, this.#recognitionSeconds, (seconds) =>
      timeout.abort(new ExtractionTimeoutError({ seconds })),
    );
    const ended = new AbortController();
    const stop = AbortSignal.any([timeout.signal, cancelled]);
    const { port1, port2 } = new MessageChannel();
    serveRecognition(port1, this.#recognizer, clock, AbortSignal.any([stop, ended.signal]));
    try {
      return await this.#pool.run({ ...request, recognition: port2 }, { transferList: [port2], signal: stop });
    } catch (error) {
      stop.throwIfAborted();
      if (isOutOfMemory(error)) throw new DocumentTooComplexError({}, { cause: error });
      throw error;
    } finally {
      clock.stop();
      ended.abort();
      port1.close();
    }
  }
}
