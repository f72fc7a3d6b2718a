/** White space and punctuation differ where a marker went; what is said does not. */
export const keyOf = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
