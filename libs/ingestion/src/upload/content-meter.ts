import { createHash } from 'node:crypto';

import { DomainError } from '#libs/kernel';

import { BrokenUploadError } from './upload.errors';

/** Measures a stream while it passes, so that nothing is read twice. */
export class ContentMeter {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  /**
   * @param maximum bytes
   * @param tooLarge what to throw past the maximum
   */
  constructor(
    private readonly maximum: number,
    private readonly tooLarge: () => Error,
  ) {}

  /** Valid once the stream has passed. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /** SHA-256 in hexadecimal; ask once, when the stream has passed. */
  digest(): string {
    return this.hash.digest('hex');
  }

  /** @throws BrokenUploadError when the source breaks; a source that knows better throws its own DomainError */
  async *pass(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const source = content[Symbol.asyncIterator]();
    try {
      for (let next = await pull(source); !next.done; next = await pull(source)) {
        this.take(next.value);
        yield next.value;
      }
    } finally {
      await source.return?.();
    }
  }

  private take(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.bytes > this.maximum) throw this.tooLarge();
    this.hash.update(bytes);
  }
}

const pull = async (source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> => {
  try {
    return await source.next();
  } catch (cause) {
    throw cause instanceof DomainError ? cause : new BrokenUploadError({}, { cause });
  }
};
