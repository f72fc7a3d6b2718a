import { Document } from '@langchain/core/documents';
import { Embeddings } from '@langchain/core/embeddings';
import { VectorStore } from '@langchain/core/vectorstores';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import type { Collection, Metadata } from 'chromadb';

import { extractDocument } from '../../libs/ingestion/src/extraction/extract-document';
import { BuiltinEmbeddingModel } from '../../libs/llm/src/adapters/builtin-embedding-model';

/** About the size of our chunks, in characters, and the overlap LangChain's examples have. */
const CHUNK_CHARACTERS = 1_600;
const OVERLAP_CHARACTERS = 160;

/** The product's own built-in embedder behind LangChain's interface: both sides compute the same vectors. */
class BuiltinEmbeddings extends Embeddings {
  private readonly model = new BuiltinEmbeddingModel();

  constructor() {
    super({});
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors = await this.model.embed(texts, 'document');
    return vectors.map((vector) => Array.from(vector));
  }

  async embedQuery(text: string): Promise<number[]> {
    const [vector = []] = await this.embedDocuments([text]);
    return vector;
  }
}

/**
 * LangChain's vector store over Chroma: ids, vectors, texts and metadata in one upsert for each file, as the class of
 * `@langchain/community` writes them; that package cannot be installed beside ours, whose peers it contradicts.
 */
class LangChainChroma extends VectorStore {
  constructor(
    embeddings: Embeddings,
    private readonly collection: Collection,
  ) {
    super(embeddings, {});
  }

  _vectorstoreType(): string {
    return 'chroma';
  }

  async addDocuments(documents: Document[]): Promise<void> {
    await this.addVectors(
      await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent)),
      documents,
    );
  }

  async addVectors(embeddings: number[][], documents: Document[]): Promise<void> {
    await this.collection.upsert({
      ids: documents.map(() => crypto.randomUUID()),
      embeddings,
      documents: documents.map(({ pageContent }) => pageContent),
      metadatas: documents.map(({ metadata }): Metadata => ({ source: String(metadata['source']) })),
    });
  }

  similaritySearchVectorWithScore(): Promise<[Document, number][]> {
    return Promise.reject(new Error('Only writing is measured'));
  }
}

/**
 * Reads, cuts, embeds and stores files the way a LangChain.js program does, with our extractor and embedder.
 * @returns milliseconds and chunks
 */
export const ingestWithLangChain = async (
  files: readonly (readonly [string, string])[],
  collection: Collection,
): Promise<{ readonly ms: number; readonly chunks: number }> => {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: CHUNK_CHARACTERS,
    chunkOverlap: OVERLAP_CHARACTERS,
  });
  const store = new LangChainChroma(new BuiltinEmbeddings(), collection);
  const begun = performance.now();
  let chunks = 0;
  for (const [name, text] of files) {
    const { text: extracted } = await extractDocument(Buffer.from(text), name);
    const pieces = await splitter.splitDocuments([
      new Document({ pageContent: extracted, metadata: { source: name } }),
    ]);
    await store.addDocuments(pieces);
    chunks += pieces.length;
  }
  return { ms: performance.now() - begun, chunks };
};
