export { analyze } from './analyze';
export { detectLanguage } from './detect-language';
export { euclideanLength } from './euclidean-length';
export { foldAccents } from './fold-accents';
export { HASHED_DIMENSION, hashText } from './hash-text';
export { gramKeys, gramTerms } from './index-terms/char-grams';
export { dimensionOf, passageVectors } from './index-terms/passage-vectors';
export { B, K1 } from './index-terms/saturation';
export { keyOfTerm, keysOfTerms, type TermKey, type TermKeys } from './index-terms/term-keys';
export {
  formsByStem,
  indexTerms,
  mergeLanguages,
  queryTerms,
  type Languages,
  type QueryTerm,
} from './index-terms/terms';
export type { Span } from './span';
export { splitSentences } from './split-sentences';
export { stem } from './stem';
export { isStopWord } from './stop-words';
export { tokenize, type Token } from './tokenize';
