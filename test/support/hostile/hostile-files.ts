import { ARCHIVES, GIBIBYTE_ARCHIVES, SLOW_ARCHIVES } from './archives';
import { type HostileFile } from './hostile-file';
import { GIBIBYTE_PDFS, PDFS } from './pdfs';
import { PICTURES, SLOW_PICTURES } from './pictures';
import { POLYGLOTS, REFERENCES } from './references';
import { SLOW_TEXTS, TEXTS } from './texts';

/** Bombs, loops, lies and two-faced files of every format, made when they are needed: none is part of the project. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  ...ARCHIVES,
  ...PDFS,
  ...TEXTS,
  ...REFERENCES,
  ...POLYGLOTS,
  ...PICTURES,
];

/** Those that unpack to 1 GiB. */
export const GIBIBYTE_FILES: readonly HostileFile[] = [...GIBIBYTE_ARCHIVES, ...GIBIBYTE_PDFS];

/** Those that take all the time or memory they may have. */
export const SLOW_FILES: readonly HostileFile[] = [...SLOW_ARCHIVES, ...SLOW_TEXTS, ...SLOW_PICTURES];
