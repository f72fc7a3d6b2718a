/** Long runs of angle brackets open and close our fences; no text of a document may look like one. */
const FENCE_LIKE = /[<>＜＞]{3,}/g;
/** Words with which chat templates switch roles (Llama, Mistral, ChatML, Gemma, Phi); upstream servers obey them anywhere. */
const TEMPLATE_WORDS =
  /<\|?\/?(?:s|im_start|im_end|start_of_turn|end_of_turn|system|user|assistant|end|eot_id|bos|eos)[^>\n]{0,40}>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<<\/?SYS>>|<\||\|>/gi;

const spaceOut = (match: string): string =>
  Array.from(match)
    .join(' ')
    .replaceAll(/[<>＜＞]/g, (bracket) => (bracket === '<' || bracket === '＜' ? '‹' : '›'));

/**
 * A text of a stranger, made unable to close its fence or to speak as anybody but a text.
 * @param nonce random, new with each request; a document cannot know it, and if it does it is blotted out
 */
export const neutralize = (text: string, nonce: string): string =>
  text.replaceAll(nonce, '·').replaceAll(TEMPLATE_WORDS, spaceOut).replaceAll(FENCE_LIKE, spaceOut);

/** One source between lines that only this request knows. */
export const fence = (marker: number, title: string, text: string, nonce: string): string =>
  [
    `<<<SOURCE ${marker} ${nonce}>>>`,
    neutralize(title.replaceAll(/\s+/g, ' '), nonce),
    '',
    neutralize(text, nonce),
    `<<<END ${marker} ${nonce}>>>`,
  ].join('\n');
