/** The beginning of something a pattern matches, as far as its first word goes. */
interface Beginning {
  readonly word: string;
  /** A blank, an apostrophe or the like has been read: what follows changes nothing. */
  readonly isOver: boolean;
}

const NOTHING: Beginning = { word: '', isOver: false };

const isWordCharacter = (character: string): boolean => /\w/.test(character);

const ofCharacter = (character: string): Beginning =>
  isWordCharacter(character) ? { word: character, isOver: false } : { word: '', isOver: true };

const join = (before: readonly Beginning[], after: readonly Beginning[]): Beginning[] =>
  before.flatMap((beginning) =>
    beginning.isOver ? [beginning] : after.map(({ word, isOver }) => ({ word: beginning.word + word, isOver })),
  );

/** Reads what the alternatives of a rule's first words are made of: characters, `?`, `\s`, `[ab]`, groups, lookaheads. */
class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  /** @returns the beginnings of all alternatives up to the end, or to the bracket that closes the group */
  alternatives(): Beginning[] {
    const all: Beginning[] = [];
    let sequence = [NOTHING];
    for (; this.at < this.source.length && !this.sees(')');) {
      if (this.take('|')) {
        all.push(...sequence);
        sequence = [NOTHING];
      } else sequence = join(sequence, this.atom());
    }
    return [...all, ...sequence];
  }

  private atom(): Beginning[] {
    const beginnings = this.unquantified();
    if (/^[*+{]/.test(this.source.slice(this.at))) throw new Error(`First words must be countable: ${this.source}`);
    return this.take('?') ? [NOTHING, ...beginnings] : beginnings;
  }

  private unquantified(): Beginning[] {
    if (this.take('(?:')) return this.group();
    if (this.take('(?!')) {
      this.group();
      return [NOTHING];
    }
    if (this.take('[')) return this.characterClass();
    if (this.take('\\s')) return [ofCharacter(' ')];
    this.take('\\');
    return [ofCharacter(this.source.charAt(this.at++))];
  }

  private group(): Beginning[] {
    const beginnings = this.alternatives();
    this.at += 1;
    return beginnings;
  }

  private characterClass(): Beginning[] {
    const end = this.source.indexOf(']', this.at);
    const characters = this.source.slice(this.at, end);
    this.at = end + 1;
    return Array.from(characters, ofCharacter);
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    const isThere = this.sees(text);
    if (isThere) this.at += text.length;
    return isThere;
  }
}

/**
 * The words that anything a pattern of `words(...)` matches can begin with, so that the pattern is tried only where one of
 * them stands.
 * @param forms as {@link words} takes them
 * @throws Error for forms whose first words cannot be counted
 */
export const firstWordsOf = (forms: string): ReadonlySet<string> => {
  const found = new Set(new Reader(forms).alternatives().map(({ word }) => word));
  if (found.has('')) throw new Error(`Forms must begin with a word: ${forms}`);
  return found;
};
