const BROKEN = /(?<![\p{L}\p{N}'’-])(\p{L}{2,})-\n[ \t]*(\p{Ll}+)/gu;
const WORD = /\p{L}+(?:-\p{L}+)*/gu;

/**
 * Joins a word broken at a line's end where the text itself proves it, by writing the word unbroken elsewhere: a hyphen
 * may just as well belong to the word. The line then ends after the word.
 */
export const joinBrokenWords = (text: string): string => {
  const broken = [...text.matchAll(BROKEN)];
  if (broken.length === 0) return text;
  const wanted = new Map(
    broken
      .flatMap(([, before = '', after = '']) => [before + after, `${before}-${after}`])
      .map((word) => [word.toLowerCase(), false]),
  );
  for (const [word] of text.replace(BROKEN, ' ').matchAll(WORD)) {
    const key = word.toLowerCase();
    if (wanted.has(key)) wanted.set(key, true);
  }
  return text.replace(BROKEN, (whole, before: string, after: string) => {
    const joined = [`${before}-${after}`, before + after].find((word) => wanted.get(word.toLowerCase()) === true);
    return joined === undefined ? whole : `${joined}\n`;
  });
};
