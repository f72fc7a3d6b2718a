import { EmbeddingModel, EmbeddingModels, EmbeddingModelUnknownError } from '#libs/llm';

/** Unit vectors that depend on the text alone. */
export class FakeEmbeddingModel extends EmbeddingModel {
  readonly batches: number[] = [];

  constructor(
    readonly id = 'fake:letters',
    readonly dimension = 8,
    private readonly returned = dimension,
  ) {
    super();
  }

  override embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.batches.push(texts.length);
    return Promise.resolve(texts.map((text) => this.vectorOf(text)));
  }

  private vectorOf(text: string): Float32Array {
    const vector = new Float32Array(this.returned).fill(0.01);
    for (const char of text) vector[char.charCodeAt(0) % this.returned]! += 1;
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  }
}

export class FakeEmbeddingModels extends EmbeddingModels {
  constructor(private readonly model: EmbeddingModel) {
    super();
  }

  override current(): EmbeddingModel {
    return this.model;
  }

  override ready(): Promise<EmbeddingModel> {
    return Promise.resolve(this.model);
  }

  override byId(id: string): EmbeddingModel {
    if (id !== this.model.id) throw new EmbeddingModelUnknownError(id, this.model.id);
    return this.model;
  }
}
