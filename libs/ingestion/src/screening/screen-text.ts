import type { HiddenText } from '../extraction/extracted-document';
import { findInstructions } from './find-instructions';
import { findInvisible, type DecodedText } from './find-invisible';
import type { Passage } from './passage';
import { scorePassages } from './score-passages';
import type { Finding, Screening } from './screening-result';
import { excerptOf, showInvisible } from './show-invisible';

/** Characters screened at a time, so that memory stays flat and whatever a rule costs stays linear. */
const STRETCH = 32_768;
/** Read again with the next stretch, for what lies across the border. */
const OVERLAP = 2_048;
/** Read before a stretch, for what a quotation or a sentence begins with. */
const CONTEXT = 1_024;
const MAX_FINDINGS = 50;
/** Of one stretch: a text that is nothing but attacks needs no more to be known as one. */
const MAX_PASSAGES = 1_000;
/** Hidden pieces that are screened; extraction bounds their length. */
const MAX_HIDDEN = 1_000;

/** What nobody sees is meant for a machine: a weight of 0.3 becomes 0.59, one of 0.6 becomes 0.9. */
const UNSEEN_POWER = 2.5;
/** For hidden text that asks for nothing: layers of scanned pages are made like that. */
const HIDDEN_WEIGHT = 0.1;

const unseen = (passage: Passage): Passage => ({
  ...passage,
  weight: 1 - (1 - passage.weight) ** UNSEEN_POWER,
  isMention: false,
});

/** A passage and how to show it, which is done for the few that are kept. */
interface ShownPassage extends Passage {
  readonly show: () => string;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Passages of one piece of text, read stretch by stretch. */
const readStretch = (text: string): ShownPassage[] => {
  const { passages, decoded } = findInvisible(text);
  const visible = [...findInstructions(text), ...passages].map((passage) => ({
    ...passage,
    show: () => excerptOf(text, passage.start, passage.end),
  }));
  return [...visible, ...decoded.flatMap(readDecoded)];
};

/** What invisible characters spell, where they stand. */
const readDecoded = ({ start, end, text }: DecodedText): ShownPassage[] =>
  findInstructions(text).map((passage) => ({ ...unseen(passage), start, end, show: () => showInvisible(text) }));

const heaviest = <P extends { readonly weight: number }>(passages: readonly P[], most: number): P[] =>
  passages.length <= most ? [...passages] : passages.toSorted((a, b) => b.weight - a.weight).slice(0, most);

const inOrder = <P extends Passage>(passages: readonly P[]): P[] => passages.toSorted((a, b) => a.start - b.start);

/** Keeps the worst score and the heaviest findings of all that is read. */
class ScreeningReport {
  private score = 0;
  private findings: Finding[] = [];

  /** @param change what the place of the piece does to its passages */
  read(text: string, where: string, change: (passages: ShownPassage[]) => ShownPassage[] = (same) => same): void {
    for (let from = 0; from < text.length; from += STRETCH) {
      const before = Math.max(0, from - CONTEXT);
      const passages = change(readStretch(text.slice(before, from + STRETCH + OVERLAP)))
        .map((passage) => ({ ...passage, start: passage.start + before }))
        .filter(({ start }) => start >= from);
      this.take(inOrder(heaviest(passages, MAX_PASSAGES)), where, from + STRETCH);
    }
  }

  result(): Screening {
    const findings = this.findings.toSorted((a, b) => (a.offset ?? Infinity) - (b.offset ?? Infinity));
    return { score: rounded(this.score), findings };
  }

  /** What lies in the overlap is kept with the next stretch. */
  private take(passages: readonly ShownPassage[], where: string, until: number): void {
    this.score = Math.max(this.score, scorePassages(passages));
    const own = passages.filter(({ start }) => start < until);
    const found = heaviest(own, MAX_FINDINGS).map(({ kind, start, weight, show }) => ({
      kind,
      where,
      offset: where === 'text' ? start : null,
      excerpt: show(),
      weight: rounded(weight),
    }));
    this.findings = heaviest([...this.findings, ...found], MAX_FINDINGS);
  }
}

const hiddenPiece =
  (text: string) =>
  (passages: ShownPassage[]): ShownPassage[] => [
    {
      kind: 'hidden_text',
      start: 0,
      end: text.length,
      weight: HIDDEN_WEIGHT,
      isMention: false,
      show: () => showInvisible(text),
    },
    ...passages.map((passage) => ({ ...passage, ...unseen(passage) })),
  ];

/**
 * Looks for what would instruct an assistant that reads the text, or is hidden from its readers. Pure and linear in
 * the length of the text; it judges form, not truth, and a low score is no proof of harmlessness.
 *
 * @param text the extracted text that offsets refer to
 * @param hidden what the file holds and does not show; it weighs more
 * @param title as the file declares it
 */
export const screenText = (text: string, hidden: readonly HiddenText[] = [], title = ''): Screening => {
  const report = new ScreeningReport();
  report.read(text, 'text');
  report.read(title, 'title');
  for (const piece of hidden.slice(0, MAX_HIDDEN)) report.read(piece.text, piece.reason, hiddenPiece(piece.text));
  return report.result();
};
