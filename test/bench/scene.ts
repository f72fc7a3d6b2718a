import type { ChromaClient, Collection } from 'chromadb';
import type { Pool } from 'pg';

import type { Api } from './api';
import type { Corpus } from './corpus';
import type { Product } from './product';
import type { Programs } from './programs';

/** What the measurements share: the product at work, and the same servers without it. */
export interface Scene {
  readonly programs: Programs;
  readonly project: string;
  readonly product: Product;
  readonly api: Api;
  readonly corpus: Corpus;
  readonly pool: Pool;
  /** The database of the organization whose collection it is. */
  readonly chroma: ChromaClient;
  /** Vectors as the product stored them, in a Chroma collection of our own with the product's index settings. */
  readonly raw: Collection;
  /** Where LangChain.js writes: what it cuts is not what the product has, so it must not be found in `raw`. */
  readonly langChain: Collection;
  /** The product's collection with the corpus in it. */
  readonly collectionId: string;
  readonly ollamaUrl: string;
}
