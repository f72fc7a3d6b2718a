import type { ApiClient } from '../../acceptance/support/api-client';
import { eventually } from '../../acceptance/support/eventually';
import { inLanes } from './in-lanes';

interface Hit {
  readonly documentId: string;
  readonly text: string;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** An answer, with the sentences that come nearest to one as text, best first. */
export interface Answer {
  readonly content: string;
  readonly grounded: boolean;
  readonly confidence: number;
  readonly best: readonly string[];
}

interface Message extends Omit<Answer, 'best'> {
  readonly sources: readonly { readonly marker: number; readonly documentId: string }[];
  readonly highlights: readonly (Stretch & { readonly marker: number })[];
}

/** A text to bring in, and what the measurement knows it by. */
export interface Text {
  readonly key: string;
  readonly title: string;
  readonly text: string;
}

const LANES = 4;
const READY_SECONDS = 1_200;

/** A collection filled through HTTP, and which of its documents is which text. */
export class Shelf {
  private readonly texts = new Map<string, Promise<string>>();

  private constructor(
    private readonly client: ApiClient,
    readonly collectionId: string,
    private readonly keys: ReadonlyMap<string, string>,
  ) {}

  static async fill(client: ApiClient, name: string, texts: readonly Text[]): Promise<Shelf> {
    const collectionId = await client.createCollection(name);
    const keys = new Map<string, string>();
    await inLanes(LANES, texts, async ({ key, title, text }) => {
      const path = `/collections/${collectionId}/documents/text`;
      const { items } = await client.json<{ items: { id: string }[] }>('POST', path, { title, text });
      keys.set(items[0]?.id ?? '', key);
    });
    const shelf = new Shelf(client, collectionId, keys);
    await shelf.settled();
    return shelf;
  }

  /** What the measurement knows a document by. */
  keyOf(documentId: string): string {
    return this.keys.get(documentId) ?? '';
  }

  async search(query: string, limit: number): Promise<Hit[]> {
    const body = { query, limit, collectionIds: [this.collectionId] };
    return (await this.client.json<{ hits: Hit[] }>('POST', '/search', body)).hits;
  }

  async ask(message: string): Promise<Answer> {
    const body = { message, collectionIds: [this.collectionId] };
    const { sources, highlights, ...answer } = await this.client.json<Message>('POST', '/chat', body);
    const best = highlights.map(async ({ marker, start, end }) => {
      const documentId = sources.find((source) => source.marker === marker)?.documentId ?? '';
      return (await this.textOf(documentId)).slice(start, end);
    });
    return { ...answer, best: await Promise.all(best) };
  }

  /** What the offsets of an answer refer to, read once. */
  private textOf(documentId: string): Promise<string> {
    const known = this.texts.get(documentId);
    if (known) return known;
    const text = this.client
      .json<{ text: string }>('GET', `/documents/${documentId}/content`)
      .then((content) => content.text);
    this.texts.set(documentId, text);
    return text;
  }

  private async settled(): Promise<void> {
    const count = async (status: string): Promise<number> => {
      const path = `/documents?filter[collectionId]=${this.collectionId}&filter[status]=${status}&pageSize=1`;
      return (await this.client.json<{ total: number }>('GET', path)).total;
    };
    let ready = 0;
    const all = await eventually(async () => (ready = await count('ready')) === this.keys.size, READY_SECONDS);
    if (!all) throw new Error(`Only ${ready} of ${this.keys.size} documents became ready`);
  }
}
