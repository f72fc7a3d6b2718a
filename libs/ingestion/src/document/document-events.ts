import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { openEventStream } from '#libs/http';

import type { DocumentView } from './document.view';

const logger = new Logger('DocumentEvents');

/** One `status` event per view; the id counts them. Ends with the source, or when the client leaves. */
export const sendDocumentEvents = async (
  reply: FastifyReply,
  request: FastifyRequest,
  follow: (closed: AbortSignal) => AsyncIterable<DocumentView>,
): Promise<void> => {
  const stream = openEventStream(reply, request);
  try {
    let id = 0;
    for await (const view of follow(stream.closed)) await stream.send((id += 1), 'status', view);
  } catch (error) {
    // The status line is long gone; a client that sees the stream end early asks again.
    logger.error(error);
  } finally {
    stream.end();
  }
};
