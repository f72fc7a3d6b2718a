import { setTimeout as delay } from 'node:timers/promises';

import type { TestApi, TestUser } from '#test/support/api';

/** A document as the API answers it. */
export interface DocumentBody {
  readonly id: string;
  readonly collectionId: string;
  readonly filename: string;
  readonly title: string;
  readonly status: string;
  readonly progress: number;
  readonly failure?: { readonly code: string; readonly detail: string };
  readonly pageCount: number | null;
  readonly chunkCount: number;
  readonly language: string | null;
}

export interface UploadBody {
  readonly batchId: string;
  readonly items: readonly {
    readonly id: string;
    readonly filename: string;
    readonly status: string;
    readonly duplicateOf?: string;
  }[];
}

export interface ChunkBody {
  readonly id: string;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly text: string;
  readonly searchText: string | null;
  readonly disabled: boolean;
}

export interface ContentBody {
  readonly text: string;
  readonly pages: readonly { readonly page: number; readonly start: number; readonly end: number }[];
}

/** Rounds of 100 ms before a test gives up waiting. */
const ROUNDS = 200;

/** Asks again until the answer satisfies; the bound is generous because it only matters when something is wrong. */
export const eventually = async <T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    await delay(100);
  }
  throw new Error('It did not happen');
};

/** What a signed-in person does with documents, through HTTP. */
export class Library {
  constructor(
    private readonly api: TestApi,
    private readonly user: TestUser,
  ) {}

  async createCollection(visibility: 'private' | 'organization' = 'private', name = 'Notes'): Promise<string> {
    const response = await this.api.http(this.user).post('/collections').send({ name, visibility }).expect(201);
    return (response.body as { id: string }).id;
  }

  async upload(collectionId: string, files: Readonly<Record<string, Buffer>>): Promise<UploadBody> {
    const request = this.api.http(this.user).post(`/collections/${collectionId}/documents`);
    for (const [name, bytes] of Object.entries(files)) request.attach('files', bytes, name);
    const response = await request.expect(202);
    return response.body as UploadBody;
  }

  /** Uploads one file and returns its id. */
  async add(collectionId: string, name: string, bytes: Buffer): Promise<string> {
    return (await this.upload(collectionId, { [name]: bytes })).items[0]!.id;
  }

  async document(id: string): Promise<DocumentBody> {
    const response = await this.api.http(this.user).get(`/documents/${id}`).expect(200);
    return response.body as DocumentBody;
  }

  /** Waits until the document is ready or failed. */
  settled(id: string): Promise<DocumentBody> {
    return eventually(
      () => this.document(id),
      ({ status }) => status === 'ready' || status === 'failed',
    );
  }

  async content(id: string): Promise<ContentBody> {
    const response = await this.api.http(this.user).get(`/documents/${id}/content`).expect(200);
    return response.body as ContentBody;
  }

  async chunks(id: string): Promise<ChunkBody[]> {
    const response = await this.api.http(this.user).get(`/documents/${id}/chunks?pageSize=100`).expect(200);
    return (response.body as { items: ChunkBody[] }).items;
  }
}
