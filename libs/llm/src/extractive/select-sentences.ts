import type { Candidate } from './candidate';
import { answersKind, isStepAskedFor } from './features';
import { fitsKind, type QuestionKind } from './question-kind';
import { asItems, asProse, asTable, type Extract } from './extract';
import type { Scene } from './scene';
import { ANNOUNCES } from './furniture';
import { listAskedFor } from './listing';
import type { ScoredCandidate } from './score-candidates';

/** Log-odds from which an answer is given: a little more than even, because a wrong answer costs more than none. */
export const MIN_CONFIDENCE = 0.15;
const MAX_SENTENCES = 3;
/** A further sentence must be nearly as good as the best, and as sure. */
const MAX_SCORE_GAP = 0.12;
const EQUAL_SCORE_GAP = 0.05;
/** Share of common stems from which two sentences say the same. */
const SAME_SHARE = 0.8;
const MAX_LIST_ITEMS = 10;
/** An item of fewer stems is a label: fine in its list, no answer alone. */
const MIN_ITEM_STEMS = 2;

/** The sentences that answer, without repetition, in reading order; none when the sources do not support an answer. */
export const selectSentences = (
  ranked: readonly ScoredCandidate[],
  scene: Scene,
  minConfidence = MIN_CONFIDENCE,
): Extract[] => {
  const { question } = scene;
  const statements = ranked.filter(({ candidate }) => isStatement(candidate));
  const measured = statements.filter(({ candidate }) => holdsMeasure(candidate, question.kind));
  const isSure = ({ confidence }: ScoredCandidate): boolean => confidence >= minConfidence;
  const best = bestSupported(measured, isSure);
  if (!best) return [];
  const { candidate } = best;
  if (isStepAskedFor(candidate, scene)) return asItems(stepsAround(candidate));
  const listed = listAskedFor(candidate, scene);
  if (listed) return asList(listed.members);
  if (isRecord(candidate)) return asTable([candidate]);
  return inOrder(withFurther(best, statements.filter(isSure), scene));
};

/** Beside a definition or an amount, what is neither only distracts. */
const withFurther = (best: ScoredCandidate, statements: readonly ScoredCandidate[], scene: Scene): Candidate[] => {
  const chosen = [best.candidate];
  const mustFit = answersKind(best.candidate, scene);
  for (const next of statements) {
    if (chosen.length >= MAX_SENTENCES) break;
    if (mustFit && !answersKind(next.candidate, scene)) continue;
    if (isWorthAdding(next, best) && isNew(next.candidate, chosen)) chosen.push(next.candidate);
  }
  return chosen;
};

/** The best, or one about as good that says more of what was asked. */
const bestSupported = (
  ranked: readonly ScoredCandidate[],
  isSure: (one: ScoredCandidate) => boolean,
): ScoredCandidate | undefined => {
  const top = ranked[0]?.score ?? 0;
  return ranked.find((one) => one.score >= top - EQUAL_SCORE_GAP && isSure(one));
};

/** "How much" without a number and "when" without a date are not answered, however well the words match. */
const MEASURED: ReadonlySet<QuestionKind> = new Set(['number', 'date']);

const holdsMeasure = ({ text }: Candidate, kind: QuestionKind): boolean => !MEASURED.has(kind) || fitsKind(kind, text);

/** A question tells nothing, nor does a label. */
const isStatement = ({ text, shape, stems }: Candidate): boolean =>
  /\p{L}/u.test(text) && !text.endsWith('?') && (shape === 'prose' || stems.length >= MIN_ITEM_STEMS);

const isWorthAdding = (next: ScoredCandidate, best: ScoredCandidate): boolean =>
  next.score >= best.score - MAX_SCORE_GAP && next.features.overlap > 0 && !next.candidate.row;

const isNew = (candidate: Candidate, chosen: readonly Candidate[]): boolean =>
  chosen.every((other) => !saysTheSame(candidate, other));

const saysTheSame = (a: Candidate, b: Candidate): boolean => {
  if (a.text.includes(b.text) || b.text.includes(a.text)) return true;
  const common = [...a.stemSet].filter((stem) => b.stemSet.has(stem)).length;
  return common >= SAME_SHARE * Math.min(a.stemSet.size, b.stemSet.size);
};

const isListed = ({ shape }: Candidate): boolean => shape === 'item' || shape === 'step';

/** The numbered steps a step stands among. */
const stepsAround = ({ source: { sentences }, index }: Candidate): Candidate[] => {
  let first = index;
  while (sentences[first - 1]?.shape === 'step') first -= 1;
  let end = index + 1;
  while (sentences[end]?.shape === 'step') end += 1;
  return sentences.slice(first, end).slice(0, MAX_LIST_ITEMS);
};

const isAnnouncement = ({ text, shape }: Candidate): boolean => shape === 'prose' && ANNOUNCES.test(text);

/** "Il faut fournir :" answers nothing without the list it announces. */
const announcedBy = (candidate: Candidate): Candidate[] => {
  if (!ANNOUNCES.test(candidate.text)) return [];
  const { source, index } = candidate;
  const following = source.sentences.slice(index + 1, index + 1 + MAX_LIST_ITEMS);
  const end = following.findIndex((next) => !isListed(next));
  return following.slice(0, end < 0 ? undefined : end);
};

/** Two cells explain each other; the values of a longer row need the names of their columns. */
const MIN_RECORD_COLUMNS = 3;

const isRecord = ({ shape, row }: Candidate): boolean =>
  shape === 'row' && row?.group.header !== undefined && row.group.columns >= MIN_RECORD_COLUMNS;

/** A whole list with the sentence that announces it, or the rows of a table. */
const asList = (members: readonly Candidate[]): Extract[] => {
  const [first] = members;
  const told = members.slice(0, MAX_LIST_ITEMS);
  if (first?.row) return asTable(told);
  const before = first?.source.sentences[first.index - 1];
  return [...(before && isAnnouncement(before) ? [asProse(before)] : []), ...asItems(told)];
};

const inOrder = (chosen: readonly Candidate[]): Extract[] => {
  const told = new Set<Candidate>();
  const sorted = chosen.toSorted((a, b) => a.source.rank - b.source.rank || a.index - b.index);
  return sorted.flatMap((candidate) => {
    if (told.has(candidate)) return [];
    const items = announcedBy(candidate).filter((item) => !told.has(item));
    for (const one of [candidate, ...items]) told.add(one);
    return [asProse(candidate), ...asItems(items)];
  });
};
