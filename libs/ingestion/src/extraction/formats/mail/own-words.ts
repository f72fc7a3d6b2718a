const QUOTED = /^[ \t]*>/;
/** `Le lun. 3 juin 2024 à 09:12, Anne Durand <anne@exemple.fr> a écrit :`, `On Mon, Jun 3, 2024, Anne wrote:`; may run over lines. */
const ATTRIBUTION_END = /(?:a écrit|wrote|schrieb|escribió|ha scritto)\s*:\s*$/i;
const ATTRIBUTION_START = /^[ \t]*(?:le|on|am|el|il)\b.{3,}/i;
const MOST_ATTRIBUTION_LINES = 5;
/** What mail programs write above the mail that is answered; everything below is that mail. */
const ORIGINAL_MESSAGE =
  /^[ \t]*-{2,}[ \t]*(?:original message|message d['’]origine|message original|original appointment|ursprüngliche nachricht)[ \t]*-{2,}[ \t]*$/i;
/** Outlook's form: a rule or nothing, then `De : …` and `Envoyé : …` on lines that follow one another. */
const SENDER_LINE = /^[ \t]*\*?(?:from|de|von)[ \u00a0]?:\*?[ \t]*\S/i;
const SENT_LINE = /^[ \t]*\*?(?:sent|envoyé|date|gesendet)(?: le)?[ \u00a0]?:\*?[ \t]*\S/i;
const RULE = /^[ \t]*_{10,}[ \t]*$/;
const FORWARD = /^\s*(?:fwd?|tr|wg|rv|i)\s*:/i;

const isBlank = (line: string | undefined): boolean => line?.trim() === '';

/** How many lines before the quotation at `quote` say who is quoted, blank ones between counted in. */
const attributionLength = (lines: readonly string[], quote: number): number => {
  const before = lines.slice(Math.max(0, quote - MOST_ATTRIBUTION_LINES), quote).reverse();
  const last = before.findIndex((line) => !isBlank(line));
  if (last === -1 || !ATTRIBUTION_END.test(before[last] ?? '')) return 0;
  const first = before.findIndex((line, index) => index >= last && ATTRIBUTION_START.test(line));
  return Math.max(first, last) + 1;
};

const isOriginalMessage = (lines: readonly string[], index: number): boolean => {
  const line = lines[index] ?? '';
  if (ORIGINAL_MESSAGE.test(line)) return true;
  const from = RULE.test(line) ? index + 1 : index;
  return SENDER_LINE.test(lines[from] ?? '') && SENT_LINE.test(lines[from + 1] ?? '');
};

const cutOriginal = (lines: readonly string[]): readonly string[] => {
  const start = lines.findIndex((_, index) => isOriginalMessage(lines, index));
  return start === -1 ? lines : lines.slice(0, start);
};

const dropQuotes = (lines: readonly string[]): string[] => {
  const isQuote = lines.map((line) => QUOTED.test(line));
  const dropped = [...isQuote];
  for (const [index, quoted] of isQuote.entries()) {
    const attribution = quoted && isQuote[index - 1] !== true ? attributionLength(lines, index) : 0;
    dropped.fill(true, index - attribution, index);
  }
  return lines.filter((_, index) => dropped[index] !== true);
};

/**
 * A mail's body without the mails it answers, so that a long exchange is not found once per mail. A forwarded mail keeps
 * them: they are its message. So does one that says nothing else.
 */
export const ownWords = (body: string, subject: string): string => {
  if (FORWARD.test(subject)) return body;
  const own = dropQuotes(cutOriginal(body.split('\n'))).join('\n');
  return own.trim() === '' ? body : own;
};
