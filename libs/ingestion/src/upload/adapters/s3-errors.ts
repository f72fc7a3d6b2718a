import { DomainError } from '#libs/kernel';

import { StoredFileMissingError } from '../../document/document.errors';
import { FileStoreUnavailableError, type FileStoreOutage } from '../file-store.errors';

/** What the SDK adds to the errors it throws, those of the network included. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const MISSING = new Set(['NoSuchKey', 'NotFound']);
const OVERLOADED = new Set([429, 503]);

const statusOf = ({ $metadata }: SdkError): number => $metadata?.httpStatusCode ?? 0;

/** Whether the file has no byte in the range that was asked for; servers name it in different words. */
export const isBeyondTheEnd = (error: unknown): boolean => statusOf(error as SdkError) === 416;

/**
 * Any failure of a request as the port tells it. A bucket that does not exist is no missing file: documents must not be
 * given up because somebody mistyped a name.
 */
export const explainS3Error = (thrown: unknown): unknown => {
  if (thrown instanceof DomainError || isBeyondTheEnd(thrown)) return thrown;
  const error = thrown as SdkError;
  if (MISSING.has(error.name)) return new StoredFileMissingError({}, { cause: reduced(error) });
  return new FileStoreUnavailableError(outageOf(error), reduced(error));
};

const outageOf = (error: SdkError): FileStoreOutage => {
  const status = statusOf(error);
  if (status === 0) return outageOfConnection(error);
  if (OVERLOADED.has(status)) return 'overloaded';
  return status >= 300 && status < 500 ? 'refused' : 'failed';
};

/** Without an answer. The SDK calls every broken connection a timeout; the system's own code says more. */
const outageOfConnection = ({ name, code }: SdkError): FileStoreOutage => {
  if (code === 'ETIMEDOUT' || (name === 'TimeoutError' && code === undefined)) return 'timeout';
  return name === 'CredentialsProviderError' ? 'refused' : 'unreachable';
};

/** For the log: the SDK's own errors carry the answer with all its fields, and what was signed. */
const reduced = (error: SdkError): Error => {
  const status = statusOf(error);
  const answer = status === 0 ? '' : ` (HTTP ${status}, request ${error.$metadata?.requestId ?? 'unknown'})`;
  return new Error(`${error.name}: ${error.message}${answer}`);
};
