import type { FindingKind } from './screening-result';

/** What counts by its exact characters: looked for in the text as it is. */
export interface MarkupRule {
  readonly kind: FindingKind;
  readonly weight: number;
  /** Global; every repetition in it is bounded. */
  readonly pattern: RegExp;
}

/** Llama, Mistral, Gemma, Qwen, Phi, GPT and others put these between messages; texts for people have no use for them. */
const TEMPLATE_TOKENS =
  /<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|end_of_text|begin_of_text|start_header_id|end_header_id|eot_id|end|prompt|fim_prefix)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>|<\/?s>\s{0,3}\[INST\]/gi;

const ROLES = 'system|système|systeme|assistant|developer|utilisateur|user|human|humain';

/** A place in a link where an assistant is meant to put what it knows: a template, or an instruction in words. */
const FILL_IN =
  '(?:\\$?\\{|<[a-z]|\\[[a-z]|%7B|%5B|%3C|VOTRE_|TON_|YOUR_|INSERT|INSERER|DATA_HERE|\\b(?:conversation|historique|history|secret|prompt|resume|summary|question)\\b)';

export const MARKUP_RULES: readonly MarkupRule[] = [
  { kind: 'chat_template', weight: 0.55, pattern: TEMPLATE_TOKENS },
  {
    kind: 'role_marker',
    weight: 0.35,
    pattern: new RegExp(
      `<\\/?(?:system|système|system_prompt|systemprompt|assistant|developer)(?:[_ -](?:prompt|message|instructions?))?>`,
      'gi',
    ),
  },
  {
    kind: 'role_marker',
    weight: 0.4,
    pattern: /^[ \t]{0,8}#{2,4} {0,2}(?:system|système|instructions?|réponse|response|assistant)\s{0,3}:/gim,
  },
  {
    kind: 'role_marker',
    weight: 0.3,
    pattern:
      /^[ \t>*-]{0,8}\[{1,2}(?:system|système|assistant|developer|admin)(?: ?(?:prompt|message|override|note))?\]{1,2}/gim,
  },
  { kind: 'role_marker', weight: 0.2, pattern: /^[ \t>*-]{0,8}(?:system|système)\*{0,2} ?:/gim },
  { kind: 'role_marker', weight: 0.1, pattern: new RegExp(`^[ \\t>*-]{0,8}(?:${ROLES})\\*{0,2} ?:`, 'gim') },
  { kind: 'role_marker', weight: 0.25, pattern: /["']role["']\s{0,3}:\s{0,3}["'](?:system|developer|assistant)["']/gi },
  // Badges are images with a query, too: that alone says little.
  {
    kind: 'exfiltration',
    weight: 0.08,
    pattern: /!\[[^\]\n]{0,200}\]\(\s{0,4}<?https?:\/\/[^\s)?]{1,300}\?[^\s)]{1,500}/gi,
  },
  {
    kind: 'exfiltration',
    weight: 0.6,
    pattern: new RegExp(
      `!\\[[^\\]\\n]{0,200}\\]\\(\\s{0,4}<?https?:\\/\\/[^\\s)?]{1,300}\\?[^\\s)=]{0,60}=[^\\n)]{0,80}?${FILL_IN}`,
      'gi',
    ),
  },
  {
    kind: 'exfiltration',
    weight: 0.3,
    pattern: new RegExp(`\\]\\(\\s{0,4}<?https?:\\/\\/[^\\s)?]{1,300}\\?[^\\s)=]{0,60}=[^\\n)]{0,80}?${FILL_IN}`, 'gi'),
  },
  {
    kind: 'role_marker',
    weight: 0.55,
    pattern:
      /[[<(]{1,2}(?:instructions?|messages?|notes?|consignes?|ordres?|directives?|prompt)(?: du| de| from)?(?: l['’])? ?(?:système|systeme|system|développeur|developer|administrateur|admin)[\]>)]{1,2}/gi,
  },
  { kind: 'role_marker', weight: 0.6, pattern: /<(system|assistant|developer)>[^<]{1,500}<\/\1>/gi },
  {
    kind: 'role_marker',
    weight: 0.4,
    pattern: /\b(?:user|human|utilisateur)\s?:[^\n]{1,200}?\b(?:assistant|ai|ia)\s?:/gi,
  },
];
