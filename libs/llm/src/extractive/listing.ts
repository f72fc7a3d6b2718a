import type { Candidate } from './candidate';
import type { Scene } from './scene';
import { matchStem } from './stem-match';
import { weightedShare } from './term-weights';

/** A heading is farther away than the sentence before. */
export const HEADING_SHARE = 0.8;
/** Weighted share of the question that what announces a list, or stands above a table, must hold. */
const MIN_ANNOUNCED = 0.5;
/** The same without what only the headings hold: they stand above other lists too. */
const MIN_NAMED = 0.33;
/** Share of the title of a list from which it is asked for by name. */
const MIN_NAME = 0.8;

const isItem = ({ shape }: Candidate): boolean => shape === 'item' || shape === 'step';

/** Whether the question asks for what the list is called, "Key takeaways", or for much of what announces it. */
const isNamed = ({ above }: Candidate, asked: readonly string[], { weights }: Scene): boolean => {
  const set = new Set(asked);
  const named = [...above].filter((stem) => matchStem(stem, set) > 0).length;
  return named >= MIN_NAME * above.size || weightedShare(asked, weights, (stem) => matchStem(stem, above)) >= MIN_NAMED;
};

/** Weighted share of the question that the list or table a candidate stands in is about; 0 where it is another one. */
const announcedShare = (candidate: Candidate, scene: Scene): number => {
  const { above, source } = candidate;
  const asked = scene.stems(source.language);
  if (!isNamed(candidate, asked, scene)) return 0;
  return weightedShare(asked, scene.weights, (stem) =>
    Math.max(matchStem(stem, above), HEADING_SHARE * matchStem(stem, source.headingStems)),
  );
};

/** What stands in the same list or below the same names of columns, in order. */
const membersAround = (candidate: Candidate): Candidate[] => {
  const { source, row, index } = candidate;
  if (row) return row.group.columns === 0 ? [] : source.sentences.filter((other) => other.row?.group === row.group);
  const after = source.sentences.findIndex((other, at) => at > index && !isItem(other));
  const before = source.sentences.findLastIndex((other, at) => at < index && !isItem(other));
  return source.sentences.slice(before + 1, after < 0 ? undefined : after);
};

/** Whether the question names some of the members: "les ventes de la zone Europe par an". */
const isSomeNamed = (
  { above, source }: Candidate,
  members: readonly Candidate[],
  { question, stems }: Scene,
): boolean =>
  stems(source.language).some((stem, at) => {
    const role = question.roles[at];
    if (role !== 'plain' && role !== 'name') return false;
    // What the title says too is said of all of them.
    if (matchStem(stem, above) > 0 || matchStem(stem, source.headingStems) > 0) return false;
    const named = members.filter(({ stemSet }) => stemSet.has(stem)).length;
    return named > 0 && named * 2 < members.length;
  });

/** A list or table that is asked for as a whole. */
export interface AskedList {
  /** At least two, in order. */
  readonly members: readonly Candidate[];
  /** Weighted share of the question that it is about. */
  readonly share: number;
}

/** The list or table a candidate stands in; undefined where none is asked for, or only one member of it. */
export const listAskedFor = (candidate: Candidate, scene: Scene): AskedList | undefined => {
  if (!scene.question.asksForSeveral || candidate.above.size === 0) return undefined;
  const share = announcedShare(candidate, scene);
  if (share < MIN_ANNOUNCED) return undefined;
  const members = membersAround(candidate);
  return members.length < 2 || isSomeNamed(candidate, members, scene) ? undefined : { members, share };
};
