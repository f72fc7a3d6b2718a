import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

import { eventually } from './eventually';

export interface DocumentView {
  readonly id: string;
  readonly filename: string;
  readonly status: string;
  readonly chunkCount: number;
  readonly failure?: { readonly code: string };
}

export interface Citation {
  readonly marker: number;
  readonly documentId: string;
  readonly title: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

export interface Answer {
  readonly content: string;
  readonly citations: readonly Citation[];
  readonly grounded: boolean;
  readonly provider: string;
  readonly model: string;
  readonly degraded?: string;
}

/** One event of an answer's stream and when it arrived. */
export interface ReceivedEvent {
  readonly event: string;
  readonly data: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const UPLOADS_AT_ONCE = 10;
const EVENT_END = '\n\n';

const parseEvent = (block: string): ReceivedEvent | undefined => {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const [event, data] = [field('event'), field('data')];
  return event === undefined || data === undefined
    ? undefined
    : { event, data: JSON.parse(data) as unknown, at: Date.now() };
};

/** A signed-in person, through HTTP alone. */
export class ApiClient {
  private constructor(
    private readonly base: string,
    /** For requests that others make. */
    readonly token: string,
  ) {}

  static async signIn(url: string, email: string, password: string): Promise<ApiClient> {
    const response = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`Signing in: ${response.status} ${await response.text()}`);
    const { accessToken } = (await response.json()) as { accessToken: string };
    return new ApiClient(`${url}/api/v1`, accessToken);
  }

  static withToken(url: string, token: string): ApiClient {
    return new ApiClient(`${url}/api/v1`, token);
  }

  async createCollection(name: string): Promise<string> {
    return (await this.json<{ id: string }>('POST', '/collections', { name })).id;
  }

  async upload(collectionId: string, files: readonly string[]): Promise<string[]> {
    const form = new FormData();
    for (const file of files) form.append('files', await openAsBlob(file), basename(file));
    const path = `/collections/${collectionId}/documents`;
    const response = await this.send('POST', path, { body: form });
    const { items } = (await response.json()) as { items: DocumentView[] };
    return items.map(({ id }) => id);
  }

  /** A few at a time. @returns their ids */
  async uploadAll(collectionId: string, files: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (let from = 0; from < files.length; from += UPLOADS_AT_ONCE) {
      ids.push(...(await this.upload(collectionId, files.slice(from, from + UPLOADS_AT_ONCE))));
    }
    return ids;
  }

  document(id: string): Promise<DocumentView> {
    return this.json('GET', `/documents/${id}`);
  }

  /** Waits until the document is ready or failed. */
  async settled(id: string, seconds: number): Promise<DocumentView> {
    let document = await this.document(id);
    await eventually(async () => {
      document = await this.document(id);
      return ['ready', 'failed'].includes(document.status);
    }, seconds);
    return document;
  }

  ask(message: string, collectionIds?: readonly string[]): Promise<Answer> {
    return this.json('POST', '/chat', { message, ...(collectionIds ? { collectionIds } : {}) });
  }

  /** Asks with `Accept: text/event-stream` and hands over each event as it comes. */
  async askStreaming(
    message: string,
    collectionIds: readonly string[],
    onEvent: (event: ReceivedEvent) => void,
  ): Promise<void> {
    const body = JSON.stringify({ message, collectionIds });
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
    const response = await this.send('POST', '/chat', { body, headers });
    let pending = '';
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (pending + piece).split(EVENT_END);
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) onEvent(event);
      }
    }
  }

  /** Citations whose quote is not what the document says at those offsets. */
  async falseCitations({ citations }: Answer): Promise<Citation[]> {
    const wrong: Citation[] = [];
    for (const citation of citations) {
      const { text } = await this.json<{ text: string }>('GET', `/documents/${citation.documentId}/content`);
      if (text.slice(citation.start, citation.end) !== citation.quote) wrong.push(citation);
    }
    return wrong;
  }

  async remove(path: string): Promise<void> {
    await this.send('DELETE', path, {});
  }

  async text(path: string): Promise<string> {
    return (await this.send('GET', path, {})).text();
  }

  async json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.send(method, path, {
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    return (await response.json()) as T;
  }

  private async send(
    method: string,
    path: string,
    { body, headers }: { body?: string | FormData; headers?: Record<string, string> },
  ): Promise<Response> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${this.token}` },
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
