/** Longest quotation that is looked for around a passage, to either side. */
const QUOTATION = 400;
/** How far around a quotation the text may say what it quotes it for. */
const DISCUSSION = 350;

const OPENING: Readonly<Record<string, string>> = { '«': '»', '“': '”', '„': '“', '`': '`', '"': '"' };
/** Those that close as they open: an odd number of them since the line began says that one is open. */
const EVEN = /["`]/;

/** Words of texts that are about attacks and prompts, and are no part of most attacks. */
const ABOUT_ATTACKS =
  /injection|jailbreak|attaqu|attack|malveillan|malicious|adversar|hame[cç]onnage|phishing|prompt engineering|ing[ée]nierie (?:de|du) prompt|red.?team|vuln[ée]rab|owasp|tokenizer|chat ?template|gabarit/i;
const FOR_EXAMPLE =
  /exemple|example|e\.g\.|par ex\.|such as|telle?s? que|comme|sample|consiste|phrases?|mod[èe]le de prompt|prompts?\b/i;

export interface Surroundings {
  /** Between quotation marks, or in code. */
  readonly isQuoted: boolean;
  /** The text around it, without it, speaks of attacks, or offers an example. */
  readonly isDiscussed: boolean;
  readonly isAboutAttacks: boolean;
}

const count = (text: string, mark: string): number => text.split(mark).length - 1;

const opensBefore = (before: string, open: string, close: string): number => {
  const at = before.lastIndexOf(open);
  if (at < 0) return -1;
  if (EVEN.test(open)) {
    const line = before.slice(before.lastIndexOf('\n') + 1);
    return count(line, open) % 2 === 1 ? at : -1;
  }
  return before.lastIndexOf(close) > at ? -1 : at;
};

/** How often a text has to speak of attacks for its quotations to be examples wherever they stand. */
const OFTEN = 3;

/** What is looked up once in a text for all passages of it. */
export interface Subject {
  /** Where code between fences begins and ends. */
  readonly fences: readonly number[];
  readonly isAboutAttacks: boolean;
}

export const subjectOf = (text: string): Subject => ({
  fences: Array.from(text.matchAll(/^ {0,3}(?:`{3}|~{3})/gm), ({ index }) => index),
  isAboutAttacks: (text.match(new RegExp(ABOUT_ATTACKS, 'gi'))?.length ?? 0) >= OFTEN,
});

const isFenced = (fences: readonly number[], start: number): boolean => {
  const next = fences.findIndex((fence) => fence > start);
  return next >= 0 && next % 2 === 1;
};

const quotationAround = (
  text: string,
  fences: readonly number[],
  start: number,
  end: number,
): readonly [number, number] | undefined => {
  const from = Math.max(0, start - QUOTATION);
  const before = text.slice(from, start);
  const after = text.slice(end, end + QUOTATION);
  for (const [open, close] of Object.entries(OPENING)) {
    const at = opensBefore(before, open, close);
    const until = at < 0 ? -1 : after.indexOf(close);
    if (until >= 0) return [from + at, end + until + 1];
  }
  return isFenced(fences, start) ? [start, end] : undefined;
};

/** How a passage stands in its text: a manual that warns of a sentence quotes it and says why. */
export const surroundingsOf = (text: string, subject: Subject, start: number, end: number): Surroundings => {
  const quotation = quotationAround(text, subject.fences, start, end);
  const [first, last] = quotation ?? [start, end];
  const around = `${text.slice(Math.max(0, first - DISCUSSION), first)}\n${text.slice(last, last + DISCUSSION)}`;
  const isAboutAttacks = ABOUT_ATTACKS.test(around);
  return {
    isQuoted: quotation !== undefined,
    isAboutAttacks,
    isDiscussed: subject.isAboutAttacks || isAboutAttacks || FOR_EXAMPLE.test(around),
  };
};
