import type { FastifyRequest } from 'fastify';

import { DomainError } from '#libs/kernel';

import type { IncomingFile } from './receive-file';
import { MAX_FILES } from './upload-documents';
import { BrokenUploadError, NoFilesError } from './upload.errors';

/** One more than allowed, so that going over it is seen and told, not cut off. */
const LIMITS = { fileSize: Number.POSITIVE_INFINITY, files: MAX_FILES + 1, parts: MAX_FILES + 50 };

/** What is left of a refused body is read and dropped: a client that still sends would never see the answer. */
const drain = ({ raw }: FastifyRequest): void => {
  raw.unpipe();
  raw.resume();
};

/**
 * The files of a multipart request, one after the other, each to be read before the next. Every file part counts,
 * whatever its field is called. Sizes are bounded by the reader.
 *
 * @throws NoFilesError when the request is not multipart @throws BrokenUploadError when it is malformed or breaks off
 */
export async function* multipartFiles(request: FastifyRequest): AsyncIterable<IncomingFile> {
  if (!request.isMultipart()) throw new NoFilesError();
  try {
    for await (const { filename, file } of request.files({ limits: LIMITS, throwFileSizeLimit: false })) {
      yield { filename, content: file };
    }
  } catch (cause) {
    throw cause instanceof DomainError ? cause : new BrokenUploadError({}, { cause });
  } finally {
    drain(request);
  }
}
