export { analyze } from './analyze';
export { detectLanguage } from './detect-language';
export { foldAccents } from './fold-accents';
export type { Span } from './span';
export { splitSentences } from './split-sentences';
export { stem } from './stem';
export { isStopWord } from './stop-words';
export { tokenize, type Token } from './tokenize';
