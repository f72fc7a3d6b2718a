import { createHash } from 'node:crypto';

import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';
import { newestBranch, titleText } from './conversation-text';

/** Grows with every change of what is drawn, so that a new version of the product draws anew. */
const LAYOUT_VERSION = 1;
/** Bytes of all files that are kept: a conversation of some pages takes 30 to 100 KiB. */
const MOST_BYTES = 32 * 1024 * 1024;

const drawnCitation = ({ marker, title, page, source, quote }: CitationView) => [marker, title, page, source, quote];
const drawnMessage = ({ role, content, grounded, citations }: MessageView) => [
  ...[role, content, grounded, citations.map(drawnCitation)],
];

/** Everything that a file shows. */
export interface DrawnConversation {
  readonly conversation: Pick<ConversationView, 'title'>;
  readonly messages: readonly MessageView[];
  readonly locale: Locale;
  readonly now: Date;
}

/**
 * What a file is found again by: the SHA-256 of all that is drawn in it, which is what its reader may see at this moment. A
 * file that shows anything else has another key, so none is stale, and none tells a reader what he could not have drawn.
 */
export const pdfKey = ({ conversation, messages, locale, now }: DrawnConversation): string => {
  const day = now.toISOString().slice(0, 10);
  const drawn = [titleText(conversation, locale), newestBranch(messages).map(drawnMessage)];
  return createHash('sha256')
    .update(JSON.stringify([LAYOUT_VERSION, locale, day, drawn]))
    .digest('base64url');
};

/** Files that were drawn lately, the least recently used ones dropped first. In memory: no copy outlives its process. */
export class PdfFiles {
  private readonly files = new Map<string, Buffer>();
  private bytes = 0;

  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** The file of a key; `draw` makes it when it is not at hand. */
  async get(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.files.get(key);
    const file = known ?? (await draw());
    this.drop(key);
    this.add(key, file);
    return file;
  }

  private add(key: string, file: Buffer): void {
    this.files.set(key, file);
    this.bytes += file.length;
    for (const oldest of this.files.keys()) {
      if (this.bytes <= this.mostBytes) return;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.files.get(key)?.length ?? 0;
    this.files.delete(key);
  }
}
