// The light tables know 24 languages in 12 MB of memory; the full ones 62 in 52 MB, in every process and thread.
import { detectAll } from 'tinyld/light';

import { STEMMED_LANGUAGES } from './stem';
import { languageEvidence } from './stop-words';
import { tokenize } from './tokenize';

/** Enough to be sure, and keeps the cost of a whole book under a millisecond. */
const SAMPLE_CHARACTERS = 1_500;
/** A title or a question: too little text for letter statistics. */
const SHORT_TERMS = 10;
const LATIN_OTHERS = ['pl', 'ro', 'hu', 'tr'];
const OTHER_SCRIPTS = ['ru', 'el', 'ar', 'he', 'hi', 'th', 'zh', 'ja', 'ko'];
const CANDIDATES = [...STEMMED_LANGUAGES, ...LATIN_OTHERS, ...OTHER_SCRIPTS];
/** tinyld's mark for letters or sequences that only one language writes. */
const CERTAIN = 1;

/**
 * Tells the language of a text: an ISO 639-1 code, or `und` when it holds no word.
 * In short texts letter statistics err ("Combien de jours de congés ?" looks Portuguese), so there French and English
 * function words decide first and statistics choose between those two, the product's languages, unless they are certain.
 */
export const detectLanguage = (text: string): string => {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const terms = tokenize(sample).map(({ term }) => term);
  if (!terms.some((term) => /\p{L}/u.test(term))) return 'und';
  const { fr, en } = languageEvidence(terms);
  const share = Math.abs(fr - en) / terms.length;
  if (share >= 0.1) return fr > en ? 'fr' : 'en';
  return terms.length > SHORT_TERMS ? best(sample, CANDIDATES) : ofShortText(sample);
};

const best = (sample: string, only: string[]): string => detectAll(sample, { only })[0]?.lang ?? 'und';

const ofShortText = (sample: string): string => {
  const first = detectAll(sample, { only: CANDIDATES })[0];
  return first?.accuracy === CERTAIN ? first.lang : best(sample, ['fr', 'en']);
};
