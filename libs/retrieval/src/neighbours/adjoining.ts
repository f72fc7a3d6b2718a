import { splitSentences } from '#libs/text';

import type { NeighbourRow } from './neighbour-rows';

/** A stretch of a document by its offsets, which cut `text` out of it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * How much of a neighbour is taken, in characters: a paragraph or two. On questions to long articles (PIAF) the passages
 * beside the best one hold the answer where no hit does for 5 in 1,000; a model reads all of it for every question.
 */
export const MOST_CHARACTERS = 800;

/** A table that goes on in the next passage stands there under its header row besides. */
const isTableHeader = (heading: string): boolean => heading.startsWith('|');

const sectionOf = (headingPath: readonly string[]): string =>
  headingPath.filter((heading) => !isTableHeader(heading)).join('\n');

/** Whether the section goes on in the neighbour: another section is another topic, and was not cut. */
export const isCutOff = ({ headingPath, besideHeadingPath }: Pick<NeighbourRow, 'headingPath' | 'besideHeadingPath'>) =>
  sectionOf(headingPath) === sectionOf(besideHeadingPath);

const sliceOf = ({ start, text }: Stretch, from: number, to: number): Stretch => ({
  start: start + from,
  end: start + to,
  text: text.slice(from, to),
});

/**
 * The sentences, rows or items of a neighbour that adjoin a passage, whole ones, without those the passage holds itself.
 * @returns undefined when nothing is left
 */
export const adjoining = (passage: Stretch, neighbour: Stretch, language: string): Stretch | undefined => {
  const isBehind = neighbour.start > passage.start;
  const fresh = splitSentences(neighbour.text, language).filter(({ start, end }) =>
    isBehind ? neighbour.start + start >= passage.end : neighbour.start + end <= passage.start,
  );
  const [first, last] = [fresh.at(0), fresh.at(-1)];
  if (!first || !last) return undefined;
  const near = fresh.filter(({ start, end }) =>
    isBehind ? end - first.start <= MOST_CHARACTERS : last.end - start <= MOST_CHARACTERS,
  );
  const [from, to] = [near.at(0)?.start, near.at(-1)?.end];
  return from === undefined || to === undefined ? undefined : sliceOf(neighbour, from, to);
};
