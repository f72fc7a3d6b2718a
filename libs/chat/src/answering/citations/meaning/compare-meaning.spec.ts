import { Logger } from '@nestjs/common';

import {
  BuiltinEmbeddingModel,
  EmbeddingModel,
  EmbeddingModelUnknownError,
  ModelUnavailableError,
  type EmbeddingModels,
} from '#libs/llm';
import type { RetrievalTrace } from '#libs/retrieval';

import { verifyCitations } from '../citation-verifier';
import { CompareMeaning } from './compare-meaning';
import { ModelScales } from './model-scales';
import { RULER, RULER_TEXTS } from './ruler';

const texts = {
  leave: 'La durée du congé payé est de 25 jours ouvrés. La demande se dépose deux semaines avant le départ.',
  notice: 'Le préavis est de trois mois pour les cadres. La direction peut accorder une dispense écrite.',
  travel: 'Les frais de transport sont remboursés chaque trimestre. Le parking compte quarante places.',
};
const SOURCES = Object.entries(texts).map(([id, text], place) => ({
  ...{ marker: place + 1, documentId: id, chunkId: id, title: id, text, start: 0, end: text.length },
}));
const PARAPHRASE = 'Les salariés disposent de cinq semaines de repos annuel [1].';
const QUOTE = 'La durée du congé payé est de 25 jours ouvrés.';

/** Texts of one group are the same to it, all others nothing to each other. */
const GROUPS = [
  ['repos annuel', 'congé payé'],
  ...['fr', 'en']
    .flatMap((language) => RULER[language as 'fr' | 'en'].filter(({ isSame }) => isSame))
    .map(({ texts: same }) => same),
];

class Embedder extends EmbeddingModel {
  override readonly dimension = 300;
  readonly calls: (readonly string[])[] = [];

  constructor(
    override readonly id = 'ollama:nomic-embed-text-v2-moe',
    private readonly fault?: (
      vectors: Float32Array[],
      signal?: AbortSignal,
    ) => Float32Array[] | Promise<Float32Array[]>,
    private readonly understands = (_text: string): boolean => true,
  ) {
    super();
  }

  override async embed(asked: readonly string[], _purpose: string, signal?: AbortSignal): Promise<Float32Array[]> {
    this.calls.push(asked);
    const vectors = asked.map((text, place) => {
      const group = this.understands(text)
        ? GROUPS.findIndex((words) => words.some((word) => text.includes(word)))
        : -1;
      const vector = new Float32Array(this.dimension);
      vector[group < 0 ? GROUPS.length + place : group] = 1;
      return vector;
    });
    return this.fault && !asked.includes(RULER_TEXTS[0]!) ? this.fault(vectors, signal) : vectors;
  }

  /** Without the ruler. */
  get compared(): (readonly string[])[] {
    return this.calls.filter((asked) => !asked.includes(RULER_TEXTS[0]!));
  }
}

const traceOf = (...models: readonly string[]) =>
  ({ legs: models.map((model) => ({ kind: 'dense', model, found: 1, failure: null })) }) as unknown as RetrievalTrace;

interface Scene {
  readonly text?: string;
  readonly provider?: string;
  readonly model?: EmbeddingModel;
  readonly trace?: RetrievalTrace;
  readonly stopped?: AbortSignal;
  readonly limit?: number;
}

const compare = async ({ text = PARAPHRASE, provider = 'ollama', model = new Embedder(), ...scene }: Scene) => {
  const outcomes: string[] = [];
  const models = {
    byId: (id: string) => {
      if (id !== model.id) throw new EmbeddingModelUnknownError(id, model.id);
      return model;
    },
  } as unknown as EmbeddingModels;
  const metrics = { countComparison: (outcome: string) => outcomes.push(outcome) };
  const config = { citationMeaningTimeoutMs: scene.limit ?? 1_500 };
  const comparing = new CompareMeaning(models, new ModelScales(), config, metrics as never);
  const ask = () =>
    comparing.execute(
      { text, provider, read: SOURCES },
      scene.trace ?? traceOf(model.id),
      scene.stopped ?? new AbortController().signal,
    );
  const similarity = await ask();
  return { similarity, outcomes, ask, verified: verifyCitations(text, SOURCES, similarity) };
};

describe('comparing what an answer means', () => {
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: string) => void warnings.push(message));
  });
  afterEach(() => jest.restoreAllMocks());

  it('proves a paraphrase, in one call of one batch', async () => {
    const model = new Embedder();
    const { verified, outcomes } = await compare({ model });
    expect(verified.citations).toMatchObject([{ marker: 1, quote: QUOTE, support: 0.75 }]);
    expect(outcomes).toEqual(['compared']);
    expect(model.compared).toHaveLength(1);
    expect(model.compared[0]!.length).toBeLessThanOrEqual(32);
  });

  it('measures a model once', async () => {
    const model = new Embedder();
    const { ask } = await compare({ model });
    await Promise.all([ask(), ask()]);
    expect(model.calls.length - model.compared.length).toBe(1);
    expect(model.compared).toHaveLength(3);
  });

  it.each([
    ['words prove it', { text: 'La durée du congé payé est de 25 jours ouvrés [1].' }],
    ['the extractive engine quotes', { provider: 'builtin' }],
    ['a number rules every sentence out', { text: 'Les salariés disposent de 38 jours de repos annuel [1].' }],
    ['the answer says that there is none', { text: 'Les sources ne mentionnent pas la durée du repos annuel [1].' }],
    ['it claims nothing', { text: 'Bonjour.' }],
    ['it is turned off', { limit: 0 }],
    ['nobody wants it any more', { stopped: AbortSignal.abort() }],
    ['nothing was searched by meaning', { trace: traceOf() }],
  ])('asks no model when %s', async (_why, scene: Scene) => {
    const model = new Embedder();
    const { outcomes } = await compare({ ...scene, model });
    expect([model.calls, outcomes]).toEqual([[], []]);
  });

  it('does not ask the built-in embedder, which knows spelling alone', async () => {
    const model = new BuiltinEmbeddingModel();
    const { outcomes, verified } = await compare({ model });
    expect([outcomes, verified.citations]).toEqual([[], []]);
  });

  it('does not believe a model that compares words, whatever its name', async () => {
    const hashed = new BuiltinEmbeddingModel();
    const embed = jest.fn(hashed.embed.bind(hashed));
    const { outcomes, verified } = await compare({ model: { id: 'openai:bge-m3', dimension: 768, embed } });
    expect([outcomes, verified.citations]).toEqual([['untrusted'], []]);
    expect(embed).toHaveBeenCalledTimes(1);
  });

  it('asks a model that knows English alone nothing about French', async () => {
    const isFrench = (text: string) => RULER.fr.some(({ texts: pair }) => pair.includes(text));
    const model = new Embedder('openai:english', undefined, (text) => !isFrench(text));
    const { outcomes } = await compare({ model });
    expect([outcomes, model.compared]).toEqual([['untrusted'], []]);
  });

  it('takes a known model where collections have several', async () => {
    const model = new Embedder('ollama:bge-m3');
    const trace = traceOf('builtin:hashed-ngrams-v1', 'ollama:whatever', 'ollama:bge-m3');
    expect((await compare({ model, trace })).outcomes).toEqual(['compared']);
  });

  const down = () => Promise.reject(new ModelUnavailableError({ provider: 'o', model: 'm', reason: 'circuit_open' }));
  const hang = (_vectors: unknown, signal?: AbortSignal) =>
    new Promise<Float32Array[]>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
  const deaf = () => new Promise<Float32Array[]>(() => undefined);
  it.each([
    ['is down', down, 'failed'],
    ['hangs', hang, 'timeout'],
    ['hangs and does not listen', deaf, 'timeout'],
    ['gives too few vectors', (vectors: Float32Array[]) => vectors.slice(1), 'failed'],
    ['gives NaN', (vectors: Float32Array[]) => vectors.map((vector) => vector.fill(Number.NaN)), 'failed'],
    ['gives other lengths', (vectors: Float32Array[]) => [...vectors.slice(1), new Float32Array(3)], 'failed'],
    ['gives nothing', () => [], 'failed'],
  ])('leaves the verdict to words when the model %s', async (_how, fault, outcome) => {
    const model = new Embedder(undefined, fault);
    const { verified, outcomes } = await compare({ model, limit: 50 });
    expect([verified.citations, verified.unsupported.length]).toEqual([[], 1]);
    expect(outcomes).toEqual([outcome]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain('repos');
  });

  it('ends when the answer is stopped', async () => {
    const stopping = new AbortController();
    const model = new Embedder(undefined, (_vectors, signal) => {
      stopping.abort();
      return hang(_vectors, signal);
    });
    expect((await compare({ model, stopped: stopping.signal, limit: 30_000 })).outcomes).toEqual(['stopped']);
  });

  it('leaves the verdict to words when no model of that name can be had', async () => {
    const { outcomes } = await compare({ trace: traceOf('openai:gone') });
    expect(outcomes).toEqual(['failed']);
  });
});
