import { renderErrorText, type DomainError, type ErrorDefinition, type ErrorDetails, type Locale } from '#libs/kernel';
import { EmbeddingDimensionError, EmbeddingModelUnknownError, ModelUnavailableError } from '#libs/llm';
import { InvalidVectorError, VectorDimensionError, VectorStoreUnavailableError } from '#libs/vector-store';

import * as extraction from '../extraction/extraction.errors';
import { DocumentQuarantinedError } from '../screening/screening.errors';
import { FileStoreUnavailableError } from '../upload/file-store.errors';
import {
  CollectionDimensionError,
  IngestionCancelledError,
  IngestionFailedError,
  IngestionInterruptedError,
  StoredFileMissingError,
} from './document.errors';

interface ErrorClass {
  readonly definition: ErrorDefinition;
  readonly prototype: DomainError;
}

/** Every reason a document can fail for. A row keeps the code; the text is made when somebody reads it, in their language. */
export const FAILURES: readonly ErrorClass[] = [
  ...Object.values(extraction),
  DocumentQuarantinedError,
  StoredFileMissingError,
  FileStoreUnavailableError,
  CollectionDimensionError,
  IngestionFailedError,
  IngestionCancelledError,
  IngestionInterruptedError,
  EmbeddingDimensionError,
  EmbeddingModelUnknownError,
  ModelUnavailableError,
  InvalidVectorError,
  VectorDimensionError,
  VectorStoreUnavailableError,
];

const DEFINITIONS = new Map(FAILURES.map(({ definition }) => [definition.code, definition]));

/** A failure as the caller reads it. A code no longer in use is told in general words. */
export const failureText = (code: string, details: ErrorDetails | null, locale: Locale): string => {
  const definition = DEFINITIONS.get(code) ?? IngestionFailedError.definition;
  return renderErrorText(definition[locale].detail, details ?? {});
};
