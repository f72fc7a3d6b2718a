import { Injectable } from '@nestjs/common';

import { HttpConfig, UrlImportConfig } from '#libs/config';
import type { Principal } from '#libs/http';
import { KeyedSlots } from '#libs/kernel';
import { OutboundError, OutboundHttp, type OutboundRules } from '#libs/outbound';

import type { IncomingFile } from '../upload/receive-file';
import { URL_LENGTH, type AddUrlDto } from './add-url.dto';
import { fetchedFilename } from './fetched-filename';
import * as errors from './url.errors';

/** As many as browsers follow that mean well; people and sites need one or two. */
const MAX_REDIRECTS = 5;
/** A few slow sites hold up neither the process nor the other organizations. */
const [SLOTS_OF_ORGANIZATION, SLOTS_OF_PROCESS] = [4, 16];

const HEADERS = {
  'User-Agent': 'MY-IA-Import/1',
  Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'Accept-Encoding': 'gzip, br',
};

/** Fetches what an address leads to, as a file that arrives. */
@Injectable()
export class FetchUrl {
  private readonly ofOrganization = new KeyedSlots(SLOTS_OF_ORGANIZATION);
  private readonly ofProcess = new KeyedSlots(SLOTS_OF_PROCESS);

  constructor(
    private readonly http: OutboundHttp,
    private readonly config: UrlImportConfig,
    private readonly limits: HttpConfig,
  ) {}

  /**
   * Yields one file. Nothing is called before it is asked for, and the connection ends with the iteration.
   * @throws UrlNotAllowedError @throws UrlUnreachableError @throws UrlTooLargeError @throws UrlTimeoutError
   * @throws UrlStatusError @throws UrlBusyError; also while the content is read
   */
  async *execute({ organizationId }: Principal, { url, title }: AddUrlDto): AsyncGenerator<IncomingFile> {
    const sourceUrl = sourceOf(url);
    using _slot = this.slot(organizationId);
    using answer = await this.told(this.http.open({ url: sourceUrl, headers: HEADERS }, this.rules()));
    if (answer.status !== 200) throw new errors.UrlStatusError(answer.status);
    yield {
      filename: fetchedFilename(answer),
      sourceUrl,
      content: this.content(answer.body()),
      ...(title !== undefined && { title: title.trim() }),
    };
  }

  private slot(organizationId: string): Disposable {
    const leaveProcess = this.ofProcess.take('all');
    const leaveOrganization = this.ofOrganization.take(organizationId);
    const leave = (): void => {
      leaveProcess?.();
      leaveOrganization?.();
    };
    if (leaveProcess && leaveOrganization) return { [Symbol.dispose]: leave };
    leave();
    throw new errors.UrlBusyError();
  }

  private rules(): OutboundRules {
    const { allowedRanges, ports, timeoutSeconds } = this.config;
    return {
      ...{ allowedRanges, ports, maxRedirects: MAX_REDIRECTS },
      timeoutMs: timeoutSeconds * 1_000,
      maxBytes: this.limits.maxUploadBytes,
    };
  }

  private async *content(body: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw this.problemOf(error);
    }
  }

  private async told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw this.problemOf(error);
    }
  }

  private problemOf(error: unknown): unknown {
    if (!(error instanceof OutboundError)) return error;
    switch (error.failure) {
      case 'refused':
        return new errors.UrlNotAllowedError({}, { cause: error });
      case 'timeout':
        return new errors.UrlTimeoutError(this.config.timeoutSeconds);
      case 'too_large':
        return new errors.UrlTooLargeError(this.limits.maxUploadMb);
      default:
        return new errors.UrlUnreachableError(error);
    }
  }
}

/** As it is kept and shown: in full, without what only a browser would use. */
const sourceOf = (text: string): string => {
  const url = URL.parse(text);
  if (!url) throw new errors.UrlNotAllowedError();
  url.hash = '';
  if (url.href.length > URL_LENGTH) throw new errors.UrlNotAllowedError();
  return url.href;
};
