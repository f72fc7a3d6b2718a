import type { EmbedderKind } from '#libs/llm';

import { keyOf } from './compared-key';
import type { ComparisonPlan } from './plan-comparisons';
import { relationOf, similarityOf, type Cosine, type Scales } from './scale';
import type { Similarity } from './similarity';

/** Every planned statement with every planned sentence; undefined for any other pair. */
export const comparisonTable = (
  { language, statements, sentences }: ComparisonPlan,
  cosine: Cosine,
  scales: Scales,
  kind: Exclude<EmbedderKind, 'spelling'>,
): Similarity => {
  const table = new Map<string, number>();
  for (const statement of statements) {
    const cosines = sentences.map(({ text }) => cosine(statement, text));
    for (const [place, sentence] of sentences.entries()) {
      const scale = scales[relationOf(language, sentence.language)];
      const beside = cosines.filter((_, other) => other !== place);
      const measured = { cosine: cosines[place] ?? 0, beside };
      if (scale) table.set(pairOf(statement, sentence.text), similarityOf(measured, scale, kind));
    }
  }
  return (statement, sentence) => table.get(pairOf(statement, sentence));
};

const pairOf = (statement: string, sentence: string): string => `${keyOf(statement)}\n${keyOf(sentence)}`;
