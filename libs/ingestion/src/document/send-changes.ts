import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { openEventStream } from '#libs/http';

const logger = new Logger('Events');

/** One event per view; the id counts them. Ends with the source, or when the client leaves. */
export const sendChanges = async (
  reply: FastifyReply,
  request: FastifyRequest,
  event: string,
  follow: (closed: AbortSignal) => AsyncIterable<object>,
): Promise<void> => {
  const stream = openEventStream(reply, request);
  try {
    let id = 0;
    for await (const view of follow(stream.closed)) await stream.send((id += 1), event, view);
  } catch (error) {
    // The status line is long gone; a client that sees the stream end early asks again.
    logger.error(error);
  } finally {
    stream.end();
  }
};
