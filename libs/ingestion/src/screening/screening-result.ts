/** What a finding is, by what it would do to an answer or how it hides. */
export const FINDING_KINDS = [
  /** Sets aside the instructions an assistant has. */
  'override',
  /** Gives an assistant another role. */
  'identity',
  /** Says what every answer has to be. */
  'behaviour',
  /** Asks for the instructions, or for secrets. */
  'disclosure',
  /** Wants something kept from the reader. */
  'concealment',
  /** Speaks to a machine and not to a reader. */
  'addressed',
  /** Carries words of the conversation away, by a link, an image or a call. */
  'exfiltration',
  /** Pretends that somebody else begins to speak. */
  'role_marker',
  /** Tokens that models use between messages. */
  'chat_template',
  'zero_width',
  'bidirectional',
  'tag_characters',
  'variation_selectors',
  /** Text nobody sees on the page. */
  'hidden_text',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** `text`, `title`, or how the passage is hidden, as `HiddenText` says. */
  readonly where: string;
  /** UTF-16 code units into the extracted text; null for what is not part of it. */
  readonly offset: number | null;
  /** At most 160 characters on one line; what is invisible is shown as `\u{...}`. */
  readonly excerpt: string;
  /** 0..1: how much this passage alone speaks for an attack. */
  readonly weight: number;
}

export interface Screening {
  /** 0..1: how much the worst place of the document speaks for an attack. */
  readonly score: number;
  /** The heaviest, in the order of the text. */
  readonly findings: readonly Finding[];
}
