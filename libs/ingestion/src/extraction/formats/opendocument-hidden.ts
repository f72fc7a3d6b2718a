import { type ExtractionLimits } from '../extraction-limits';
import { markText, type MarkedReason } from './hidden-marks';
import { changeParts } from './office-parts';

/** Bounded, so that a part full of unclosed styles is not read from each of them to its end. */
const STYLE = /<style:style ([^>]*)(?:\/>|>((?:(?!<\/style:style>)[\s\S]){0,20000})<\/style:style>)/g;
const HIDING = /text:display="(?:none|true)"|table:display="false"|presentation:visibility="hidden"/;
const NAME = /style:name="([^"]*)"/;
const FAMILY = /style:family="([^"]*)"/;
/** An element's begin or end, or the text between two. */
const TOKEN = /<(\/?)([\w:-]{1,64})([^<>]*)>|[^<]+/g;
/** Which styles an element takes its looks from. */
const FAMILIES: Readonly<Record<string, string>> = {
  'text:span': 'text',
  'text:p': 'paragraph',
  'text:h': 'paragraph',
  'text:section': 'section',
  'table:table': 'table',
  'draw:page': 'drawing-page',
};
const USED = /(?:text|table|draw):style-name="([^"]*)"/;
const HIDDEN_ITSELF: Readonly<Record<string, RegExp>> = {
  'text:section': /text:display="none"/,
  'table:table-row': /table:visibility="(?:collapse|filter)"/,
  'text:hidden-paragraph': /(?:)/,
  'text:hidden-text': /(?:)/,
};

const hidingStyles = (xml: string): ReadonlySet<string> =>
  new Set(
    [...xml.matchAll(STYLE)].flatMap(([, attributes = '', body = '']) =>
      HIDING.test(body) ? [`${FAMILY.exec(attributes)?.[1] ?? ''}:${NAME.exec(attributes)?.[1] ?? ''}`] : [],
    ),
  );

const reasonOf = (element: string): MarkedReason => {
  if (element === 'draw:page') return 'hidden-slide';
  return element === 'text:span' ? 'hidden-run' : 'hidden-part';
};

const hides = (element: string, attributes: string, styles: ReadonlySet<string>): boolean => {
  const family = FAMILIES[element];
  const style = family === undefined ? undefined : USED.exec(attributes)?.[1];
  return (
    (style !== undefined && styles.has(`${family}:${style}`)) || (HIDDEN_ITSELF[element]?.test(attributes) ?? false)
  );
};

interface Hidden {
  readonly depth: number;
  readonly reason: MarkedReason;
}

/** Goes through a part and knows whether what it has come to is shown. */
class Nesting {
  #depth = 0;
  #hidden: Hidden | undefined;

  constructor(private readonly styles: ReadonlySet<string>) {}

  get reason(): MarkedReason | undefined {
    return this.#hidden?.reason;
  }

  enter(element: string, attributes: string): void {
    if (attributes.endsWith('/')) return;
    this.#depth += 1;
    if (!this.#hidden && hides(element, attributes, this.styles)) {
      this.#hidden = { depth: this.#depth, reason: reasonOf(element) };
    }
  }

  leave(): void {
    if (this.#hidden?.depth === this.#depth) this.#hidden = undefined;
    this.#depth -= 1;
  }
}

/** Marks what stands inside of elements that are not shown. */
const markContent = (xml: string, styles: ReadonlySet<string>): string => {
  const nesting = new Nesting(styles);
  const pieces: string[] = [];
  for (const [token, slash, element, attributes = ''] of xml.matchAll(TOKEN)) {
    const isText = element === undefined;
    if (slash === '/') nesting.leave();
    else if (!isText) nesting.enter(element, attributes);
    pieces.push(isText && nesting.reason ? markText(token, nesting.reason) : token);
  }
  return pieces.join('');
};

/**
 * Marks what an OpenDocument file does not show: text, paragraphs, sections, tables, rows and slides that say so themselves
 * or by their style.
 */
export const markHiddenOpenDocument = (bytes: Uint8Array, limits: ExtractionLimits): Promise<Uint8Array> =>
  changeParts(bytes, limits, (read) => {
    const content = read('content.xml');
    const styles = new Set([...hidingStyles(read('styles.xml')), ...hidingStyles(content)]);
    const marked = markContent(content, styles);
    return marked.length > content.length ? { 'content.xml': marked } : {};
  });
