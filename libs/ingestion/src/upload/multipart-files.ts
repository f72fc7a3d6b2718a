import type { Readable } from 'node:stream';

import type { FastifyRequest } from 'fastify';

import { DomainError } from '#libs/kernel';

import type { IncomingFile } from './receive-file';
import { MAX_FILES } from './upload-batch';
import { BrokenUploadError, NoFilesError } from './upload.errors';

/** One more than allowed, so that going over it is seen and told, not cut off. */
const LIMITS = { fileSize: Number.POSITIVE_INFINITY, files: MAX_FILES + 1, parts: MAX_FILES + 50 };

/** What is left of a refused body is read and dropped: a client that still sends would never see the answer. */
const drain = ({ raw }: FastifyRequest): void => {
  raw.unpipe();
  raw.resume();
};

/** A file that is destroyed by who leaves it in the middle would end the whole request. */
const lent = (file: Readable): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => file.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>,
});

/** The next file begins where this one ends, read or not. */
const skipRest = async (file: Readable): Promise<void> => {
  for await (const _ of lent(file));
};

/**
 * The files of a multipart request, one after the other. Of one that its reader leaves in the middle the rest is dropped.
 * Every file part counts, whatever its field is called. Sizes are bounded by the reader.
 *
 * @throws NoFilesError when the request is not multipart @throws BrokenUploadError when it is malformed or breaks off
 */
export async function* multipartFiles(request: FastifyRequest): AsyncIterable<IncomingFile> {
  if (!request.isMultipart()) throw new NoFilesError();
  try {
    for await (const { filename, file } of request.files({ limits: LIMITS, throwFileSizeLimit: false })) {
      yield { filename, content: lent(file) };
      await skipRest(file);
    }
  } catch (cause) {
    throw cause instanceof DomainError ? cause : new BrokenUploadError({}, { cause });
  } finally {
    drain(request);
  }
}
