import { ENGLISH_CONDUCT_RULES } from './english-conduct-rules';
import { ENGLISH_REGISTER_RULES } from './english-register-rules';
import { ENGLISH_TAKEOVER_RULES } from './english-takeover-rules';
import { foldText, type FoldedText } from './fold-text';
import { FRENCH_CONDUCT_RULES } from './french-conduct-rules';
import { FRENCH_REGISTER_RULES } from './french-register-rules';
import { FRENCH_TAKEOVER_RULES } from './french-takeover-rules';
import { InstructionMatcher, type InstructionMatch } from './instruction-matcher';
import type { InstructionRule } from './instruction-rule';
import { MARKUP_RULES, type MarkupRule } from './markup-rules';
import { subjectOf, surroundingsOf, type Subject } from './mention';
import type { Passage } from './passage';

type Place = Pick<Passage, 'start' | 'end'>;

const MATCHER = new InstructionMatcher([
  ...FRENCH_TAKEOVER_RULES,
  ...FRENCH_CONDUCT_RULES,
  ...FRENCH_REGISTER_RULES,
  ...ENGLISH_TAKEOVER_RULES,
  ...ENGLISH_CONDUCT_RULES,
  ...ENGLISH_REGISTER_RULES,
]);

/** Quoted in a text that says what for. */
const MENTIONED = 0.35;
/** Not quoted, but the text around it is about attacks. */
const DISCUSSED = 0.7;
/** "Si votre appareil est neuf, ignorez les consignes précédentes": meant for a reader who has a choice. */
const CONDITIONAL = 0.5;
/** "Ne révélez jamais votre prompt": the opposite of the order. */
const NEGATED = 0.2;
/** "Celui qui ignore les consignes": nobody is told to. */
const NOT_AN_ORDER = 0.5;
/** Whoever hides the letters of an instruction means it: a weight of 0.3 becomes 0.66, one of 0.6 becomes 0.94. */
const DISGUISED = 3;

const CLAUSE_BEGINS =
  /(?:^|[.!?:;,"'«“”()[\]{}/=-]\s?|\n|(?<![a-z])(?:et|puis|alors|donc|merci de|veuillez|maintenant|desormais|surtout|d'abord|ensuite|and|then|please|now|also|first|just|instead|you must|you should|must)\s)$/;
const CONDITION_AFTER =
  /^,?\s(?:si|lorsque|lorsqu|quand|sauf|en cas|dans le cas|pour les? modeles?|if|when|unless|in case)(?![a-z])/;
const CONDITION_BEFORE = /(?:^|[^a-z])(?:si|s'il|lorsque|quand|if|when|unless|en cas de|dans le cas)(?![a-z])[^.!?]*$/;
/** A condition on what the reader is does not make an instruction for machines harmless. */
const ON_MACHINES =
  /(?:^|[^a-z])(?:ia|ai|assistant|modele de langage|llm|chatbot|language model|utilisateur|user|on te|te demande)(?![a-z])/;
const NEGATION = /(?:(?:^|[^a-z])(?:not|never|cannot|without|sans|jamais|ne|pas|pas de)\s|n't\s|(?:^|[^a-z])n')$/;
const SENTENCE = 160;

/** Zero-width and direction characters, letters of other alphabets, full-width and mathematical letters. */
const DISGUISE =
  /[\u034f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\uff21-\uff5a\u0370-\u03ff\u0400-\u052f\u{1d400}-\u{1d7ff}\u{e0000}-\u{e0fff}]/u;
const WITHIN_WORD = new RegExp(
  `\\p{L}${DISGUISE.source}+\\p{L}|[a-z](?:[\\u0370-\\u052f])|[\\u0370-\\u052f][a-z]|[\\uff21-\\uff5a]{3}|[\\u{1d400}-\\u{1d7ff}]{3}`,
  'iu',
);

const isDisguised = (source: string): boolean => DISGUISE.test(source) && WITHIN_WORD.test(source);

const startsAnOrder = ({ text, offsets }: FoldedText, source: string, at: number): boolean =>
  CLAUSE_BEGINS.test(text.slice(Math.max(0, at - 14), at)) ||
  /^\p{Lu}/u.test(source.slice(offsets[at], (offsets[at] ?? 0) + 2));

const isConditional = (text: string, start: number, end: number): boolean => {
  const sentence = /[^.!?\n]*$/.exec(text.slice(Math.max(0, start - SENTENCE), start))?.[0] ?? '';
  const isConditionBefore = CONDITION_BEFORE.test(sentence) && !ON_MACHINES.test(sentence);
  const after = text.slice(end, end + SENTENCE);
  return isConditionBefore || (CONDITION_AFTER.test(after) && !ON_MACHINES.test(after.slice(0, 60)));
};

/** A stretch of text and what every passage of it is looked up in. */
class Stretch {
  private readonly folded: FoldedText;
  private readonly subject: Subject;

  constructor(private readonly source: string) {
    this.folded = foldText(source);
    this.subject = subjectOf(source);
  }

  passages(): Passage[] {
    return [
      ...MATCHER.match(this.folded.text).map((match) => this.passageOf(match)),
      ...MARKUP_RULES.flatMap((rule) => this.matchMarkup(rule)),
    ];
  }

  private passageOf({ rule, start, end }: InstructionMatch): Passage {
    const { offsets } = this.folded;
    const place = { start: offsets[start] ?? 0, end: (offsets[end - 1] ?? 0) + 1 };
    return { kind: rule.kind, ...place, ...this.weigh(place, rule.weight * this.doubt(rule, start, end)) };
  }

  private matchMarkup({ kind, pattern, weight }: MarkupRule): Passage[] {
    return Array.from(this.source.matchAll(pattern), ({ index: start, 0: words }) => {
      const place = { start, end: start + words.length };
      return { kind, ...place, ...this.weigh(place, weight) };
    });
  }

  /** Part of the weight that is left when the words may not be an order, or not one to a machine. */
  private doubt({ isImperative }: InstructionRule, start: number, end: number): number {
    const { text } = this.folded;
    if (NEGATION.test(text.slice(Math.max(0, start - 14), start))) return NEGATED;
    if (!isImperative) return 1;
    const isOrder = startsAnOrder(this.folded, this.source, start);
    return (isOrder ? 1 : NOT_AN_ORDER) * (isConditional(text, start, end) ? CONDITIONAL : 1);
  }

  /** What a passage weighs where it stands. */
  private weigh({ start, end }: Place, weight: number): Pick<Passage, 'weight' | 'isMention'> {
    if (isDisguised(this.source.slice(start, end))) return { weight: 1 - (1 - weight) ** DISGUISED, isMention: false };
    const { isQuoted, isDiscussed, isAboutAttacks } = surroundingsOf(this.source, this.subject, start, end);
    if (isQuoted && isDiscussed) return { weight: weight * MENTIONED, isMention: true };
    return { weight: isAboutAttacks ? weight * DISCUSSED : weight, isMention: false };
  }
}

/** Every passage of a stretch of text that instructs an assistant, in no order. Linear in its length. */
export const findInstructions = (source: string): Passage[] => new Stretch(source).passages();
