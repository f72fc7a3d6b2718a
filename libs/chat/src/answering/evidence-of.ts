import { assessEvidence, type Evidence, type Highlight } from '#libs/llm';

import type { FoundSources } from './source-finder';

/** How well what was found answers; offsets into the documents. */
export const evidenceOf = (question: string, { query = question, sources, termWeight }: FoundSources): Evidence => {
  const { confidence, highlights } = assessEvidence({ question, query, sources, termWeight });
  const starts = new Map(sources.map(({ marker, start }) => [marker, start]));
  const inDocument = ({ marker, start, end }: Highlight): Highlight => {
    const offset = starts.get(marker) ?? 0;
    return { marker, start: offset + start, end: offset + end };
  };
  // Three decimals are read back from the database as they are told at first.
  return { confidence: Math.round(confidence * 1_000) / 1_000, highlights: highlights.map(inDocument) };
};
