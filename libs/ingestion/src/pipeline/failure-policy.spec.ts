import { EmbeddingDimensionError, ModelUnavailableError } from '#libs/llm';
import { VectorDimensionError, VectorStoreUnavailableError } from '#libs/vector-store';

import { ExtractionTimeoutError } from '../extraction/extraction.errors';
import { judge, UnreadableFile } from './failure-policy';

describe('judge', () => {
  it.each([
    [new ModelUnavailableError({ provider: 'ollama', model: 'm', reason: 'unreachable' }), 'llm.unavailable'],
    [new VectorStoreUnavailableError('timeout'), 'vector_store.unavailable'],
    [new Error('connection terminated'), 'document.ingestion_failed'],
    ['not even an error', 'document.ingestion_failed'],
  ])('gives %s another attempt', (error, code) => {
    expect(judge(error)).toMatchObject({ mayPass: true, reason: { code } });
  });

  it.each([
    [new UnreadableFile(new ExtractionTimeoutError({ seconds: 1 })), 'document.extraction_timeout'],
    [new VectorDimensionError(8, 5), 'vector_store.dimension_mismatch'],
    [new EmbeddingDimensionError('m', 8, 5), 'embedding.dimension_mismatch'],
  ])('knows that %s would come again', (error, code) => {
    expect(judge(error)).toMatchObject({ mayPass: false, reason: { code } });
  });
});
