import { ACCOUNT } from './product';

interface Answer {
  readonly id: string;
  readonly accessToken: string;
}

export interface Streamed {
  /** Milliseconds from the request to the first token. */
  readonly firstTokenMs: number;
  /** What the product says the search before it took. */
  readonly retrievalMs: number;
  /** Milliseconds from the end of the search to the first token, as the product says. */
  readonly modelMs: number;
}

interface Done {
  readonly provider: string;
  readonly timings: { readonly retrievalMs: number; readonly firstTokenMs: number };
}

interface Call {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly signal?: AbortSignal;
}

/** Calls the product as any client would, over connections that stay open. */
export class Api {
  private token = '';

  constructor(private readonly url: string) {}

  get authorization(): string {
    return `Bearer ${this.token}`;
  }

  async signIn(): Promise<void> {
    this.token = (await this.post<Answer>('auth/login', ACCOUNT)).accessToken;
  }

  async createCollection(name: string): Promise<string> {
    return (await this.post<Answer>('collections', { name })).id;
  }

  async createKey(): Promise<string> {
    return (await this.post<{ key: string }>('api-keys', { name: 'Mesure', scopes: ['profile:read'] })).key;
  }

  async upload(collectionId: string, files: readonly (readonly [string, string])[]): Promise<void> {
    const form = new FormData();
    for (const [name, text] of files) form.append('files', new Blob([text], { type: 'text/markdown' }), name);
    await this.send(`collections/${collectionId}/documents`, { method: 'POST', body: form });
  }

  /** @returns how many hits; in one collection, or in all that the account may read */
  async search(query: string, collectionId?: string): Promise<number> {
    const within = collectionId === undefined ? {} : { collectionIds: [collectionId] };
    const { hits } = await this.post<{ hits: unknown[] }>('search', { query, ...within });
    return hits.length;
  }

  /** Asks, and leaves reading to the caller. */
  ask(message: string, collectionId: string, signal?: AbortSignal): Promise<Response> {
    return this.send('chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ message, collectionIds: [collectionId] }),
      ...(signal && { signal }),
    });
  }

  /** Asks and reads the answer to its end. */
  async chat(message: string, collectionId: string): Promise<Streamed> {
    const begun = performance.now();
    const response = await this.ask(message, collectionId);
    let text = '';
    let firstTokenMs: number | undefined;
    for await (const piece of textOf(response)) {
      text += piece;
      if (text.includes('event: token')) firstTokenMs ??= performance.now() - begun;
    }
    const done = /event: done\ndata: (.*)/.exec(text)?.[1];
    if (firstTokenMs === undefined || done === undefined) throw new Error(`No answer was streamed:\n${text}`);
    const { timings, provider } = JSON.parse(done) as Done;
    if (provider !== 'ollama') throw new Error(`${provider} answered instead of the model server`);
    return { firstTokenMs, retrievalMs: timings.retrievalMs, modelMs: timings.firstTokenMs - timings.retrievalMs };
  }

  /** Sum and count of a histogram, as exposed to Prometheus. */
  async histogram(name: string, label: string): Promise<{ sum: number; count: number }> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const read = (part: string): number => Number(text.split(`\n${name}_${part}{${label}} `)[1]?.split('\n')[0] ?? 0);
    return { sum: read('sum'), count: read('count') };
  }

  /** Asks one question after the other in a new conversation. @returns its id */
  async converse(questions: readonly string[], collectionId: string): Promise<string> {
    const { id } = await this.post<Answer>('conversations', { collectionIds: [collectionId] });
    for (const content of questions) await this.post(`conversations/${id}/messages`, { content });
    return id;
  }

  async rename(conversationId: string, title: string): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.send(`conversations/${conversationId}`, { method: 'PATCH', headers, body: JSON.stringify({ title }) });
  }

  /** @returns bytes of the file */
  async exportPdf(conversationId: string): Promise<number> {
    const response = await this.send(`conversations/${conversationId}/export?format=pdf`, { method: 'GET' });
    return (await response.arrayBuffer()).byteLength;
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await this.send(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as T;
  }

  private async send(path: string, init: Call): Promise<Response> {
    const headers: Record<string, string> = { ...init.headers };
    if (this.token) headers.authorization = this.authorization;
    const response = await fetch(`${this.url}/api/v1/${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}

/** An answer as text, piece by piece as it arrives. */
export const textOf = (response: Response): AsyncIterable<string> =>
  (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream());
