import { once } from 'node:events';
import { type MessagePort } from 'node:worker_threads';

import { type PackedError, packFailure, reviveError } from '../packed-error';
import { type TwoClocks } from '../two-clocks';
import { type Picture, type RecognizedPage, TextRecognizer } from './text-recognizer';

type Reply =
  | { readonly ok: true; readonly pages: readonly RecognizedPage[] }
  | { readonly ok: false; readonly error: PackedError };

const replyTo = async (picture: Picture, recognizer: TextRecognizer, signal: AbortSignal): Promise<Reply> => {
  try {
    return { ok: true, pages: await recognizer.recognize(picture, signal) };
  } catch (error) {
    return { ok: false, error: packFailure(error) };
  }
};

/**
 * Recognizes pictures for a parsing thread, which may not start programs itself: were it ended, they would go on.
 *
 * @param signal ends what is being recognized
 */
export const serveRecognition = (
  port: MessagePort,
  recognizer: TextRecognizer,
  clock: TwoClocks,
  signal: AbortSignal,
): void => {
  port.on('message', (picture: Picture) => {
    clock.startRecognition();
    replyTo(picture, recognizer, signal)
      .then((reply) => {
        if (signal.aborted) return;
        clock.endRecognition();
        port.postMessage(reply);
      })
      .catch(() => port.close());
  });
};

/** The recognizer as a parsing thread sees it: pictures go out through a port, pages come back. */
export class RemoteTextRecognizer extends TextRecognizer {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
  }

  override async recognize(picture: Picture): Promise<readonly RecognizedPage[]> {
    const answered = once(this.#port, 'message');
    this.#port.postMessage(picture);
    const [reply] = (await answered) as [Reply];
    if (!reply.ok) throw reviveError(reply.error);
    return reply.pages;
  }
}
