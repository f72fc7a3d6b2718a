import type { InstructionRule } from './instruction-rule';

export interface InstructionMatch {
  readonly rule: InstructionRule;
  /** In the folded text. */
  readonly start: number;
  readonly end: number;
}

/** A rule and, while a text is read, where its last match ended: matches of one rule do not overlap. */
interface Tried {
  readonly rule: InstructionRule;
  resumesAt: number;
}

/** What patterns take for the words between `\b`. */
const WORD = /\w+/g;

/**
 * Finds what a global search with each rule would find, in one reading of the text: a rule is tried only where one of its
 * first words stands.
 */
export class InstructionMatcher {
  private readonly byFirstWord: ReadonlyMap<string, readonly Tried[]>;
  private readonly all: readonly Tried[];

  constructor(rules: readonly InstructionRule[]) {
    this.all = rules.map((rule) => ({ rule, resumesAt: 0 }));
    const byFirstWord = new Map<string, Tried[]>();
    for (const tried of this.all) {
      for (const word of tried.rule.firstWords) {
        const same = byFirstWord.get(word);
        if (same) same.push(tried);
        else byFirstWord.set(word, [tried]);
      }
    }
    this.byFirstWord = byFirstWord;
  }

  /** @param text folded; @returns every match, in the order of the text */
  match(text: string): InstructionMatch[] {
    for (const tried of this.all) tried.resumesAt = 0;
    const matches: InstructionMatch[] = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      for (const tried of this.byFirstWord.get(word) ?? []) {
        const end = this.endOf(tried, text, index);
        if (end > index) matches.push({ rule: tried.rule, start: index, end });
      }
    }
    return matches;
  }

  /** @returns where the match ends that begins here; -1 for none */
  private endOf(tried: Tried, text: string, start: number): number {
    if (start < tried.resumesAt) return -1;
    const { pattern } = tried.rule;
    pattern.lastIndex = start;
    if (!pattern.test(text)) return -1;
    tried.resumesAt = pattern.lastIndex;
    return pattern.lastIndex;
  }
}
