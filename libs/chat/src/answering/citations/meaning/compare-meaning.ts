import { Injectable, Logger } from '@nestjs/common';

import { VerificationConfig } from '#libs/config';
import { embedderKind, EmbeddingModels, ModelUnavailableError } from '#libs/llm';
import { Metrics, type ComparisonOutcome } from '#libs/observability';
import type { RetrievalTrace } from '#libs/retrieval';

import type { Draft } from '../../draft-answer';
import { comparisonTable } from './comparison-table';
import { embedTexts } from './embed-texts';
import { ModelScales } from './model-scales';
import { planComparisons, type ComparisonPlan } from './plan-comparisons';
import { relationOf } from './scale';
import { NOTHING_COMPARED, type Similarity } from './similarity';

/** Models whose vectors found the sources just now, the best known ones first; none that knows spelling alone. */
const modelsOf = (trace: RetrievalTrace | undefined): string[] =>
  (trace?.legs ?? [])
    .flatMap(({ kind, model, failure }) => (kind === 'dense' && model !== null && failure === null ? [model] : []))
    .filter((model) => embedderKind(model) !== 'spelling')
    .toSorted((a, b) => Number(embedderKind(b) === 'meaning') - Number(embedderKind(a) === 'meaning'));

/** An answer as a model wrote it. */
type Written = Pick<Draft, 'text' | 'read' | 'provider'>;

/** The extractive engine quotes: words prove all it says. */
const planFor = ({ text, read, provider }: Written): ComparisonPlan | undefined => {
  const plan = provider === 'builtin' ? undefined : planComparisons(text, read);
  return plan && plan.statements.length > 0 ? plan : undefined;
};

/** Settles with the first of both; whoever stops waiting does not stop the work. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = (): void => reject(new DOMException('Nobody waits any more', 'AbortError'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });

/**
 * Use case: what the statements of an answer mean, beside the sentences of its sources, where words alone do not decide. Asks the
 * embedding model of the collection once, for 32 short texts at most, and not at all when words prove everything.
 */
@Injectable()
export class CompareMeaning {
  private readonly logger = new Logger(CompareMeaning.name);

  constructor(
    private readonly models: EmbeddingModels,
    private readonly scales: ModelScales,
    private readonly config: VerificationConfig,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Never throws: a model that is slow, down or talks nonsense leaves the verdict to words.
   * @param trace of the search that found the sources
   * @param stopped aborted when the reader has had enough
   */
  async execute(draft: Written, trace: RetrievalTrace | undefined, stopped: AbortSignal): Promise<Similarity> {
    const { citationMeaningTimeoutMs: limit } = this.config;
    const [id] = modelsOf(trace);
    if (limit === 0 || stopped.aborted || id === undefined) return NOTHING_COMPARED;
    const plan = planFor(draft);
    return plan ? this.within(limit, id, plan, stopped) : NOTHING_COMPARED;
  }

  private async within(ms: number, id: string, plan: ComparisonPlan, stopped: AbortSignal): Promise<Similarity> {
    const timeout = AbortSignal.timeout(ms);
    try {
      const { outcome, similarity } = await this.compare(id, plan, AbortSignal.any([stopped, timeout]));
      this.metrics.countComparison(outcome);
      return similarity;
    } catch (error) {
      const lost = timeout.aborted ? 'timeout' : 'failed';
      this.report(id, error, stopped.aborted ? 'stopped' : lost);
      return NOTHING_COMPARED;
    }
  }

  private async compare(
    id: string,
    plan: ComparisonPlan,
    signal: AbortSignal,
  ): Promise<{ outcome: ComparisonOutcome; similarity: Similarity }> {
    const model = this.models.byId(id);
    const kind = embedderKind(id);
    const scales = await unlessAborted(this.scales.of(model), signal);
    const sentences = plan.sentences.filter(({ language }) => scales[relationOf(plan.language, language)]);
    if (kind === 'spelling' || sentences.length === 0) return { outcome: 'untrusted', similarity: NOTHING_COMPARED };
    const texts = [...plan.statements, ...sentences.map(({ text }) => text)];
    const cosine = await unlessAborted(embedTexts(model, texts, signal), signal);
    return { outcome: 'compared', similarity: comparisonTable({ ...plan, sentences }, cosine, scales, kind) };
  }

  /** Says which model and why, never what was compared. */
  private report(id: string, error: unknown, outcome: ComparisonOutcome): void {
    this.metrics.countComparison(outcome);
    if (outcome === 'stopped') return;
    const reason =
      error instanceof ModelUnavailableError ? error.reason : error instanceof Error ? error.name : 'error';
    this.logger.warn(`${id} did not compare the statements of an answer (${outcome}: ${reason}): words decide alone`);
  }
}
