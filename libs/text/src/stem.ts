import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { foldAccents } from './fold-accents';

type Stemmer = (term: string) => string;

/** Snowball stemmers by ISO 639-1 code: the languages the product tells apart. */
const STEMMERS: ReadonlyMap<string, Stemmer> = new Map<string, Stemmer>([
  ['da', danish],
  ['de', german],
  ['en', english],
  ['es', spanish],
  ['fi', finnish],
  ['fr', french],
  ['it', italian],
  ['nl', dutch],
  ['no', norwegian],
  ['pt', portuguese],
  ['sv', swedish],
]);

export const STEMMED_LANGUAGES: readonly string[] = [...STEMMERS.keys()];

/** About 10 MB per language at worst; natural text stays far below, hostile text cannot grow it further. */
const CACHE_LIMIT = 50_000;
const caches = new Map<string, Map<string, string>>();

const cacheOf = (language: string): Map<string, string> => {
  const known = caches.get(language);
  if (known && known.size < CACHE_LIMIT) return known;
  const fresh = new Map<string, string>();
  caches.set(language, fresh);
  return fresh;
};

/**
 * Stems a {@link tokenize} term and folds its accents **after** stemming, because the stemmer reads them (`.791` to
 * `.799` nDCG@10 on PIAF). A language without a stemmer only folds.
 */
export const stem = (term: string, language: string): string => {
  const stemmer = STEMMERS.get(language);
  if (!stemmer) return foldAccents(term);
  const cache = cacheOf(language);
  const cached = cache.get(term);
  if (cached !== undefined) return cached;
  const stemmed = foldAccents(stemmer(term));
  cache.set(term, stemmed);
  return stemmed;
};
