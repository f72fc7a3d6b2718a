import { saysNoAnswer } from './no-answer';
import type { ReadAnswer } from './statements';

/** Whether an answer begins by saying that the sources hold none. */
export const isRefusal = ({ plain, sentences }: Pick<ReadAnswer, 'plain' | 'sentences'>): boolean => {
  const [first] = sentences;
  return first !== undefined && saysNoAnswer(plain.slice(first.start, first.end));
};
