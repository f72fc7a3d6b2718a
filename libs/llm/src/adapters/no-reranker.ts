import { Reranker } from '../reranker';

/** Where none is set up, passages stay in the order of the search. */
export class NoReranker extends Reranker {
  override readonly id = null;

  override score(_query: string, texts: readonly string[]): Promise<number[]> {
    return Promise.resolve(texts.map(() => 0));
  }
}
