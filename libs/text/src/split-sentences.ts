import { sentenceBlocks } from './sentence-blocks';
import type { Span } from './span';

const segmenters = new Map<string, Intl.Segmenter>();
const segmenterOf = (language: string): Intl.Segmenter => {
  // Sentence rules hardly differ between languages; only these two are kept apart, so the map cannot grow.
  const locale = language === 'fr' ? 'fr' : 'en';
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'sentence' });
  segmenters.set(locale, segmenter);
  return segmenter;
};

/** A dot after these does not end a sentence. Titles, references and units of French and English administrative texts. */
const ABBREVIATION = new RegExp(
  '(?:^|[\\s(\\[«“"\'’/-])(?:' +
    'MM?|Mme|Mmes|Mlle|Mgr|Me|Dr|Drs|Pr|Prof|St|Ste|Mr|Mrs|Ms|Jr|Sr|Gen|Lt|Col|Rev|Hon|Inc|Ltd|Co|Corp|' +
    'art|arts|al|alin|chap|cf|ch|coll|dir|éd|ed|eds|env|ex|fig|figs|hab|id|ibid|no|nos|num|nb|op|p|pp|par|ref|réf|resp|sec|' +
    'sect|sq|suiv|sv|t|tél|tel|tab|tome|vol|vs|approx|dept|est|e\\.g|i\\.e|av|apr|J\\.-C|c\\.-à-d|p\\.\\s?ex|max|min|janv|' +
    'févr|avr|juill|sept|oct|nov|déc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|' +
    '\\p{Lu}|\\p{Lu}\\.-?\\p{Lu}|\\p{Lu}[a-z]?\\.(?:\\s?\\p{Lu}[a-z]?\\.)*\\s?\\p{Lu}' +
    ')\\.\\s*$',
  'u',
);
/** A list number on its own is the start of the item that follows. */
const ITEM_MARKER = /^\s*(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)°]|[-–—•*·▪◦‣])\s*$/u;
/** Closing marks belong to the sentence they close; the segmenter leaves a French one, after its space, to the next. */
const CLOSING = /^(?:\s*[»”’)\]}])+\s*/u;
/** Bracketed references close the sentence they stand behind, `texte.[24][a] Ensuite`: to the segmenter they are no closing marks. */
const REFERENCES =
  /(?<=[.!?…][»”"’)]?)[ \u00A0\u202F]?(?:\[(?:\d{1,4}(?:\s?[,–-]\s?\d{1,4})*|\p{L}|(?:note|n|nb)\s?\d{1,3}|réf\. nécessaire|citation needed)\])+/giu;
const CONTINUING = /^\s*(?:\p{Ll}|[,;:])/u;
const ENDS_WITHOUT_STOP = /[^\p{Sentence_Terminal}…»”")\]\s]\s*$/u;

const continues = (before: string, after: string): boolean =>
  ABBREVIATION.test(before) || ITEM_MARKER.test(before) || CONTINUING.test(after) || ENDS_WITHOUT_STOP.test(before);

const trimmed = (text: string, start: number, end: number): Span => {
  const inside = text.slice(start, end);
  return { start: start + inside.length - inside.trimStart().length, end: start + inside.trimEnd().length };
};

const splitBlock = (text: string, block: Span, segmenter: Intl.Segmenter): Span[] => {
  // Line ends inside a block are wrapping; the segmenter would take each for the end of a sentence.
  const flat = text
    .slice(block.start, block.end)
    .replace(REFERENCES, (found) => ')'.repeat(found.length))
    .replace(/[\r\n\u2028\u2029\u0085\v\f]/g, ' ');
  const spans: Span[] = [];
  let start = 0;
  for (const { segment, index } of segmenter.segment(flat)) {
    const closing = CLOSING.exec(segment)?.[0].length ?? 0;
    const cut = index + closing;
    const after = segment.slice(closing);
    if (index === 0 || after === '' || continues(flat.slice(Math.max(start, cut - 40), cut), after)) continue;
    spans.push(trimmed(text, block.start + start, block.start + cut));
    start = cut;
  }
  spans.push(trimmed(text, block.start + start, block.end));
  return spans;
};

/**
 * Cuts a text into sentences, in order, without overlap; every non-space character belongs to exactly one.
 * Headings, list items, table rows and paragraphs end a sentence; a wrapped line does not; nor do "M.", "art.", "n° 5", "3.5".
 * @param language ISO 639-1, of the text
 */
export const splitSentences = (text: string, language: string): Span[] => {
  const segmenter = segmenterOf(language);
  return sentenceBlocks(text).flatMap((block) => splitBlock(text, block, segmenter));
};
