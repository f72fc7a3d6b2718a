import { LOCALES, type Locale } from '#libs/kernel';

/** A header of a browser has a handful of ranges; what follows is not worth reading. */
const MAX_RANGES = 20;
const RANGE = /^\s*([a-z]{1,8}|\*)(?:-[a-z\d-]{1,32})?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*$/i;

interface Preference {
  readonly language: string;
  readonly weight: number;
}

const preferenceOf = (range: string): Preference | undefined => {
  const [, language, weight] = RANGE.exec(range) ?? [];
  return language === undefined ? undefined : { language: language.toLowerCase(), weight: Number(weight ?? 1) };
};

const isLocale = (language: string): language is Locale => LOCALES.some((locale) => locale === language);

/** The language the caller prefers among ours (RFC 9110, section 12.5.4), else `fallback`. */
export const negotiateLocale = (header: string | undefined, fallback: Locale): Locale => {
  const preferences = (header?.slice(0, 1000).split(',', MAX_RANGES) ?? [])
    .map(preferenceOf)
    .filter((preference) => preference !== undefined && preference.weight > 0)
    .sort((a, b) => (b?.weight ?? 0) - (a?.weight ?? 0));
  for (const preference of preferences) {
    if (preference?.language === '*') return fallback;
    if (preference && isLocale(preference.language)) return preference.language;
  }
  return fallback;
};
