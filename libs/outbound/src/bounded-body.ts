import type { IncomingMessage } from 'node:http';
import { pipeline, Readable, type Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { OutboundError } from './outbound-error';

/** Encodings that are undone, asked for or not: some servers pack for everybody. */
const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

async function* bounded(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new OutboundError('too_large');
    yield piece;
  }
}

const decoderFor = (encoding: string): Duplex => {
  const create = DECODERS[encoding];
  // Also several one over the other, which only bombs are made of.
  if (!create) throw new OutboundError('unreadable');
  return create();
};

/**
 * The body of an answer, unpacked while it is read. Bounded before and after: what is packed may unpack to nothing without
 * end as well as to a thousand times its size.
 * @throws OutboundError `too_large`, at once when the answer says so itself, or `unreadable`
 */
export const boundedBody = (response: IncomingMessage, maxBytes: number): AsyncIterable<Uint8Array> => {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new OutboundError('too_large');
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return bounded(response, maxBytes);
  const decoder = decoderFor(encoding);
  // A failure of the source is one of the decoder, whose reader is told.
  pipeline(Readable.from(bounded(response, maxBytes)), decoder, () => undefined);
  return bounded(decoder, maxBytes);
};
