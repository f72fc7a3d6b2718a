import { makeCounterProvider, makeGaugeProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';

export const HTTP_DURATION = 'http_request_duration_seconds';
export const MODEL_DURATION = 'model_call_duration_seconds';
export const RETRIEVAL_DURATION = 'retrieval_duration_seconds';
export const INGESTION_DURATION = 'ingestion_step_duration_seconds';
export const VECTOR_STORE_DURATION = 'vector_store_duration_seconds';
export const ANSWER_REUSE = 'answer_reuse_total';
export const CITATION_COMPARISON = 'citation_comparison_total';
export const EMBEDDING_CACHE = 'embedding_cache_total';
export const QUEUE_DEPTH = 'queue_depth';

/** From a cached read to a model that thinks for two minutes. */
const HTTP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const FAST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const SLOW_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** The count of a histogram is the request counter; a counter beside it would say the same twice. */
export const METRIC_PROVIDERS = [
  makeHistogramProvider({
    name: HTTP_DURATION,
    help: 'Seconds from a request to the end of its answer, by route pattern; the count is the number of requests',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_BUCKETS,
  }),
  makeHistogramProvider({
    name: MODEL_DURATION,
    help: 'Seconds a call of a model took, by kind (chat, embedding, transcription), provider, model and outcome',
    labelNames: ['kind', 'provider', 'model', 'outcome'],
    buckets: SLOW_BUCKETS,
  }),
  makeHistogramProvider({
    name: RETRIEVAL_DURATION,
    help: 'Seconds one leg of a retrieval took (dense, lexical, join, total)',
    labelNames: ['leg'],
    buckets: FAST_BUCKETS,
  }),
  makeHistogramProvider({
    name: INGESTION_DURATION,
    help: 'Seconds one step of an ingestion took (extract, chunk, embed, publish, total)',
    labelNames: ['step'],
    buckets: SLOW_BUCKETS,
  }),
  makeHistogramProvider({
    name: VECTOR_STORE_DURATION,
    help: 'Seconds a call of the vector store took, retries included',
    labelNames: ['operation', 'outcome'],
    buckets: FAST_BUCKETS,
  }),
  makeCounterProvider({
    name: ANSWER_REUSE,
    help: 'Questions that would do with what the model wrote before to the same prompt, by outcome (hit, miss)',
    labelNames: ['outcome'],
  }),
  makeCounterProvider({
    name: CITATION_COMPARISON,
    help: 'Answers whose statements words alone did not decide, by outcome (compared, untrusted, timeout, stopped, failed)',
    labelNames: ['outcome'],
  }),
  makeCounterProvider({
    name: EMBEDDING_CACHE,
    help: 'Texts to embed whose vector was remembered (hit) or asked from the model (miss)',
    labelNames: ['outcome'],
  }),
  makeGaugeProvider({ name: QUEUE_DEPTH, help: 'Jobs that wait or run, by queue', labelNames: ['queue'] }),
];
