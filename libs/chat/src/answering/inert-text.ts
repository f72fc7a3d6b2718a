const opensTag = (next: string): boolean => /[a-z/!?]/i.test(next);

/** Characters that make something of what stands beside them: what they become when `next` follows. */
const defused = (character: string, next: string): string => {
  if (character === ']' && (next === '(' || next === ':')) return '] ';
  return character === '<' && opensTag(next) ? '‹' : character;
};

/**
 * Lets a text through in which nothing is a link, an image or HTML for whatever shows Markdown: a model may repeat what a
 * document planted, and a picture that is fetched tells its server what the address says. Links and images lose the joint
 * of text and address, definitions their colon, tags their bracket; the words stay. Works on any split of the text, and a
 * second time changes nothing.
 */
export class InertText {
  /** The last character, until what follows is known. */
  private held = '';

  push(text: string): string {
    let shown = '';
    for (const character of text) {
      shown += defused(this.held, character);
      this.held = character;
    }
    // Only these two wait; all others would only come later.
    if (this.held === ']' || this.held === '<') return shown;
    return shown + this.end();
  }

  end(): string {
    const { held } = this;
    this.held = '';
    return held;
  }
}

/** A whole text, as {@link InertText} lets it through. */
export const inert = (text: string): string => {
  const filter = new InertText();
  return filter.push(text) + filter.end();
};
