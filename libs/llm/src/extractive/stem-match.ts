/** Shorter stems share beginnings by chance. */
const MIN_PREFIX = 5;
const MIN_SHARE = 0.7;
/** What a related word (`directeur` for `direction`) is worth beside the word itself. */
const RELATED = 0.6;

const sharedPrefix = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
};

const isRelated = (a: string, b: string): boolean => {
  const shared = sharedPrefix(a, b);
  return shared >= MIN_PREFIX && shared >= MIN_SHARE * Math.min(a.length, b.length);
};

/** How much of a stem a set of stems holds: 1 the stem itself, {@link RELATED} a word of the same family, 0 nothing. */
export const matchStem = (stem: string, stems: ReadonlySet<string>): number => {
  if (stems.has(stem)) return 1;
  if (stem.length < MIN_PREFIX) return 0;
  for (const other of stems) if (isRelated(stem, other)) return RELATED;
  return 0;
};
