import { Injectable } from '@nestjs/common';

import type { EmbeddingModel } from '#libs/llm';

import { embedTexts } from './embed-texts';
import { RULER_TEXTS } from './ruler';
import { measureScales, type Scales } from './scale';

/** A model that is loaded for it may take its time: the answer that asked first does not wait. */
const MEASURING_TIMEOUT_MS = 10_000;

/** Measures each embedding model once in the life of the process, when it is first needed. */
@Injectable()
export class ModelScales {
  private readonly measured = new Map<string, Promise<Scales>>();

  /**
   * Empty for a model that cannot tell what is said from how it is said.
   * @throws what {@link embedTexts} does; the next call tries again
   */
  of(model: EmbeddingModel): Promise<Scales> {
    const known = this.measured.get(model.id);
    if (known) return known;
    const measuring = this.measure(model);
    this.measured.set(model.id, measuring);
    measuring.catch(() => this.measured.delete(model.id));
    return measuring;
  }

  private async measure(model: EmbeddingModel): Promise<Scales> {
    return measureScales(await embedTexts(model, RULER_TEXTS, AbortSignal.timeout(MEASURING_TIMEOUT_MS)));
  }
}
