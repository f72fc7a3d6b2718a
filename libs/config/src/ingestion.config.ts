import { IsIn, IsInt, Max, Min } from 'class-validator';

import { Env } from './env.decorator';

const WORKER_MODES = ['inline', 'separate'] as const;
const OCR_MODES = ['auto', 'off'] as const;

export class IngestionConfig {
  @Env('WORKER', 'inline: the API process also ingests; separate: a worker process does')
  @IsIn(WORKER_MODES)
  readonly worker: (typeof WORKER_MODES)[number] = 'inline';

  @Env('INGESTION_CONCURRENCY', 'Documents one process ingests at the same time', 'integer')
  @IsInt()
  @Min(1)
  @Max(32)
  readonly concurrency: number = 2;

  @Env('RECONCILE_EVERY_MINUTES', 'Minutes between two comparisons of SQL, vectors and files; 0 for none', 'integer')
  @IsInt()
  @Min(0)
  @Max(10_080)
  readonly reconcileMinutes: number = 60;

  @Env('EXTRACTION_THREADS', 'Threads that parse files', 'integer')
  @IsInt()
  @Min(1)
  @Max(32)
  readonly extractionThreads: number = 1;

  @Env('EXTRACTION_TIMEOUT_SECONDS', 'Longest time one file may take to parse', 'integer')
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly extractionTimeoutSeconds: number = 120;

  @Env('EXTRACTION_MEMORY_MB', 'Memory one parsing thread may use, in MiB', 'integer')
  @IsInt()
  @Min(64)
  @Max(8_192)
  readonly extractionMemoryMb: number = 512;

  @Env('OCR', 'auto: scanned pages and pictures are read where tesseract is installed; off: never')
  @IsIn(OCR_MODES)
  readonly ocr: (typeof OCR_MODES)[number] = 'auto';

  @Env('OCR_MAX_PAGES', 'Scanned pages one file may have', 'integer')
  @IsInt()
  @Min(1)
  @Max(20_000)
  readonly ocrMaxPages: number = 300;

  @Env('OCR_TIMEOUT_SECONDS', 'Longest time the recognition of one file may take', 'integer')
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly ocrTimeoutSeconds: number = 1_800;
}
