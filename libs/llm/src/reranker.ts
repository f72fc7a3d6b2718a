/** Port: reads a question together with each passage, and says how well the passage answers. Optional. */
export abstract class Reranker {
  /** Of the model; null when none is set up, and then nothing may be asked. */
  abstract readonly id: string | null;

  /**
   * @param texts candidates, not too many: each is read as a whole
   * @returns a score for each text, in their order; higher is better, comparable inside one call only
   * @throws RerankerUnavailableError when it does not answer in time, or answers nonsense
   */
  abstract score(query: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]>;
}
