/**
 * How near what two texts say is, by an embedding model that knows it: 0 for unrelated texts, 1 for texts as near as ones that
 * say the same; undefined for what was not compared. Whoever provides it may err: numbers, names and negations are looked
 * at apart, and anything but a number counts as not compared.
 */
export type Similarity = (statement: string, sentence: string) => number | undefined;

export const NOTHING_COMPARED: Similarity = () => undefined;

/**
 * Most support that meaning alone can give. Words give up to 1: who quotes to the letter is surer than who only means the
 * same, and an embedding takes statements of one topic for alike.
 */
export const MOST_BY_MEANING = 0.75;

/** 0 to {@link MOST_BY_MEANING}, never falling while similarity rises. */
export const supportByMeaning = (similarity: number | undefined): number => {
  if (similarity === undefined || Number.isNaN(similarity)) return 0;
  return MOST_BY_MEANING * Math.max(0, Math.min(1, similarity));
};
