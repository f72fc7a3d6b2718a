import type { FactoryProvider } from '@nestjs/common';

import { IngestionConfig } from '#libs/config';

import { ExtractionSandbox } from '../extraction/extraction-sandbox';
import { NoTextRecognizer } from '../extraction/recognition/no-text-recognizer';
import { TesseractRecognizer } from '../extraction/recognition/tesseract-recognizer';

/** The sandbox as the operator has bounded it. */
export const SANDBOX: FactoryProvider<ExtractionSandbox> = {
  provide: ExtractionSandbox,
  inject: [IngestionConfig],
  useFactory: (config: IngestionConfig) =>
    new ExtractionSandbox({
      threads: config.extractionThreads,
      timeoutSeconds: config.extractionTimeoutSeconds,
      memoryMb: config.extractionMemoryMb,
      limits: { recognizedPages: config.ocrMaxPages },
      recognitionSeconds: config.ocrTimeoutSeconds,
      recognizer: config.ocr === 'off' ? new NoTextRecognizer() : new TesseractRecognizer(),
    }),
};
