import { Injectable, Logger } from '@nestjs/common';

import { VerificationConfig } from '#libs/config';
import { embedderKind, EmbeddingModels, ModelUnavailableError, type EmbeddingModel } from '#libs/llm';
import { Metrics, type ComparisonOutcome } from '#libs/observability';
import type { RetrievalTrace } from '#libs/retrieval';

import type { EvidenceSource } from '../evidence';
import { comparisonTable } from './comparison-table';
import { embedTexts } from './embed-texts';
import { ModelScales } from './model-scales';
import { planComparisons, type ComparisonPlan } from './plan-comparisons';
import { NOTHING_COMPARED, type Similarity } from './similarity';

/** An answer as it was written. */
export interface WrittenAnswer {
  readonly text: string;
  /** What its model had read. */
  readonly read: readonly EvidenceSource[];
  /** Of the search that found it: its embedding models answered just now. */
  readonly trace: RetrievalTrace | undefined;
}

/** Models whose vectors found the sources, the best known ones first; none that knows spelling alone. */
const modelsOf = ({ trace }: WrittenAnswer): string[] =>
  (trace?.legs ?? [])
    .flatMap(({ kind, model, failure }) => (kind === 'dense' && model !== null && failure === null ? [model] : []))
    .filter((model) => embedderKind(model) !== 'spelling')
    .toSorted((a, b) => Number(embedderKind(b) === 'meaning') - Number(embedderKind(a) === 'meaning'));

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
   * @param stopped aborted when the reader has had enough
   */
  async execute(answer: WrittenAnswer, stopped: AbortSignal): Promise<Similarity> {
    const { citationMeaningTimeoutMs: limit } = this.config;
    const [id] = modelsOf(answer);
    if (limit === 0 || stopped.aborted || id === undefined) return NOTHING_COMPARED;
    const plan = planComparisons(answer.text, answer.read);
    if (plan.statements.length === 0) return NOTHING_COMPARED;
    const timeout = AbortSignal.timeout(limit);
    try {
      const signal = AbortSignal.any([stopped, timeout]);
      const { outcome, similarity } = await this.compare(this.models.byId(id), plan, signal);
      this.metrics.countComparison(outcome);
      return similarity;
    } catch (error) {
      this.report(id, error, timeout.aborted ? 'timeout' : stopped.aborted ? 'stopped' : 'failed');
      return NOTHING_COMPARED;
    }
  }

  private async compare(
    model: EmbeddingModel,
    plan: ComparisonPlan,
    signal: AbortSignal,
  ): Promise<{ outcome: ComparisonOutcome; similarity: Similarity }> {
    const kind = embedderKind(model.id);
    const scales = await unlessAborted(this.scales.of(model), signal);
    if (kind === 'spelling' || Object.keys(scales).length === 0) {
      return { outcome: 'untrusted', similarity: NOTHING_COMPARED };
    }
    const texts = [...plan.statements, ...plan.sentences.map(({ text }) => text)];
    const cosine = await unlessAborted(embedTexts(model, texts, signal), signal);
    return { outcome: 'compared', similarity: comparisonTable(plan, cosine, scales, kind) };
  }

  /** Says which model and why, never what was compared. */
  private report(id: string, error: unknown, outcome: ComparisonOutcome): void {
    this.metrics.countComparison(outcome);
    if (outcome === 'stopped') return;
    const reason = error instanceof ModelUnavailableError ? error.reason : error instanceof Error ? error.name : 'error';
    this.logger.warn(`${id} did not compare the statements of an answer (${outcome}: ${reason}): words decide alone`);
  }
}
