import { type HiddenText } from './extracted-document';
import { normalizeText, toSingleLine } from './normalize-text';

/** Enough to judge a file by; a file may hide as much as it shows. */
const MOST_ENTRIES = 50;
const MOST_CHARACTERS = 500;

/** Collects what a file hides, bounded. Words hidden one after the other for the same reason are one entry. */
export class HiddenTexts {
  readonly #entries: { readonly reason: string; text: string }[] = [];
  #lastPlace = -1;

  /** @param place where in the visible text the words would stand */
  add(reason: string, text: string, place: number): void {
    const words = toSingleLine(normalizeText(text.slice(0, MOST_CHARACTERS * 2)));
    if (words === '') return;
    const last = this.#entries.at(-1);
    if (last?.reason === reason && place === this.#lastPlace)
      last.text = `${last.text} ${words}`.slice(0, MOST_CHARACTERS);
    else if (this.#entries.length < MOST_ENTRIES) this.#entries.push({ reason, text: words.slice(0, MOST_CHARACTERS) });
    this.#lastPlace = place;
  }

  get entries(): readonly HiddenText[] {
    return this.#entries.map(({ reason, text }) => ({ reason, text: text.toWellFormed() }));
  }
}
