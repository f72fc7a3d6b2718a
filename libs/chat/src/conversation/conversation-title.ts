/** Fits one line of a list. */
const MAX_LENGTH = 80;

/** The title of a conversation that nobody named: its first question, cut between words. */
export const titleOf = (question: string): string => {
  const line = question.replaceAll(/\s+/gu, ' ').trim();
  if (line.length <= MAX_LENGTH) return line;
  const room = line.slice(0, MAX_LENGTH);
  const cut = /\s/u.test(line.charAt(MAX_LENGTH)) ? room : room.replace(/\s+\S*$/u, '');
  // A cut inside a surrogate pair would leave half a character.
  return `${cut.toWellFormed().replace(/\uFFFD$/u, '')}…`;
};
