const essence = (text: string): string => text.replace(/\s+/gu, ' ').trim().toLowerCase();

/**
 * Drops each passage that says the very same as one before it: the second copy of a file tells nobody anything new. Passages
 * that differ in a number or a name stay, however alike they look: two versions of a rule must both be seen.
 */
export const withoutRepetitions = <Passage extends { readonly text: string }>(
  passages: readonly Passage[],
): Passage[] => {
  const said = new Set<string>();
  return passages.filter(({ text }) => {
    const words = essence(text);
    return !said.has(words) && said.add(words).size > 0;
  });
};
