import type { EmbeddingModel } from '../embedding-model';

/** Port: the embedding models of this installation. */
export abstract class EmbeddingModels {
  /** The model for new collections. Fixed at start, so that two collections of one day do not differ by chance. */
  abstract current(): EmbeddingModel;

  /**
   * {@link current}, with its `dimension` known.
   * @throws ModelUnavailableError when the dimension is still unknown and the model server does not answer
   */
  abstract ready(): Promise<EmbeddingModel>;

  /**
   * The model a collection remembers. Its server may be down: that shows when it embeds.
   * @param id `provider:model`, as in {@link EmbeddingModel.id}
   * @throws EmbeddingModelUnknownError when this installation is not set up to run it
   */
  abstract byId(id: string): EmbeddingModel;
}
