import { sameColor } from './color';
import { type HtmlElement, type HtmlNode, isElement } from './html-node';

type Declarations = Readonly<Record<string, string>>;

/** Rules that count only in print or on small screens say nothing of the page as it is opened. */
const CONDITIONAL = /@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;
const COMMENT = /\/\*[\s\S]*?\*\//g;
const RULE = /([^{}]+)\{([^{}]*)\}/g;
/** `.note`, `#note`, `p`, `p.note`: what can be looked up without a selector engine. */
const SIMPLE_SELECTOR = /^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?$/i;
const MOST_RULES = 20_000;
/** Backgrounds are looked for this far up; layouts are rarely deeper. */
const MOST_ANCESTORS = 60;
const TINY = 1;
const OFF_PAGE = -900;

const declarationsOf = (css: string): Declarations => {
  const found: Record<string, string> = {};
  for (const declaration of css.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon > 0) {
      found[declaration.slice(0, colon).trim()] = declaration
        .slice(colon + 1)
        .replace('!important', '')
        .trim();
    }
  }
  return found;
};

const number = (value: string | undefined): number => Number.parseFloat(value ?? '');
const isOffPage = (value: string | undefined): boolean => number(value) <= OFF_PAGE;
const isTiny = (value: string | undefined): boolean =>
  value !== undefined && /^[\d.]+(?:px|pt|em|rem|%)?$/.test(value) && number(value) <= (/px|pt/.test(value) ? TINY : 0);

const HIDING: Readonly<Record<string, (style: Declarations) => boolean>> = {
  'display-none': (style) => style['display'] === 'none',
  'visibility-hidden': (style) => /^(?:hidden|collapse)$/.test(style['visibility'] ?? ''),
  transparent: (style) => number(style['opacity']) === 0 || style['color'] === 'transparent',
  'font-size-zero': (style) => isTiny(style['font-size']),
  'off-page': (style) => ['left', 'top', 'text-indent', 'margin-left'].some((name) => isOffPage(style[name])),
};

const backgroundOf = (style: Declarations): string | undefined => style['background-color'] ?? style['background'];

/** Tells which elements of a page nobody sees, by their own style and by the plain rules of the page's style sheets. */
export class HtmlStyles {
  readonly #rules = new Map<string, Declarations>();
  #backgroundsKnown = true;

  /** Reads one `<style>` element. */
  addSheet(css: string): void {
    const plain = css.replace(COMMENT, '').replace(CONDITIONAL, '');
    for (const [, selectors = '', body = ''] of plain.matchAll(RULE)) this.#addRule(selectors, declarationsOf(body));
  }

  /** A style sheet that is not in the file may paint anything: light letters are then no proof. */
  addUnknownSheet(): void {
    this.#backgroundsKnown = false;
  }

  /** @returns how the element's words are hidden, or undefined when they are seen */
  hiddenReason(element: HtmlElement): string | undefined {
    if (element.hasAttribute('hidden')) return 'hidden-attribute';
    const style = this.#styleOf(element);
    const reason = Object.keys(HIDING).find((name) => HIDING[name]?.(style));
    return reason ?? (this.#isPaintedOver(element, style) ? 'same-color' : undefined);
  }

  #addRule(selectors: string, style: Declarations): void {
    for (const selector of selectors.split(',').map((part) => part.trim().toLowerCase())) {
      if (SIMPLE_SELECTOR.test(selector) && this.#rules.size < MOST_RULES) {
        this.#rules.set(selector, { ...this.#rules.get(selector), ...style });
      } else if (backgroundOf(style) !== undefined) {
        this.#backgroundsKnown = false;
      }
    }
  }

  #styleOf(element: HtmlElement): Declarations {
    const inline = declarationsOf(element.getAttribute('style') ?? '');
    if (this.#rules.size === 0) return inline;
    const own = this.#selectorsOf(element).map((selector) => this.#rules.get(selector));
    return Object.assign({}, ...own, inline) as Declarations;
  }

  #selectorsOf(element: HtmlElement): string[] {
    const name = element.localName;
    const classes = (element.getAttribute('class') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const id = element.getAttribute('id')?.toLowerCase();
    return [
      name,
      ...classes.flatMap((one) => [`.${one}`, `${name}.${one}`]),
      ...(id === undefined ? [] : [`#${id}`, `${name}#${id}`]),
    ];
  }

  #isPaintedOver(element: HtmlElement, style: Declarations): boolean {
    const color = style['color'] ?? (element.localName === 'font' ? element.getAttribute('color') : null);
    if (color === null) return false;
    const background = this.#backgroundBehind(element);
    return background !== undefined && sameColor(color, background);
  }

  /** The nearest background, the white of the page when none is set, undefined when that cannot be known. */
  #backgroundBehind(element: HtmlElement): string | undefined {
    let node: HtmlNode | null = element;
    for (let up = 0; node !== null && isElement(node) && up < MOST_ANCESTORS; up += 1) {
      const background = this.#backgroundOf(node);
      if (background !== undefined) return background;
      node = node.parentNode;
    }
    return this.#backgroundsKnown ? '#ffffff' : undefined;
  }

  /** A picture is no colour, and so equals none. */
  #backgroundOf(element: HtmlElement): string | undefined {
    const painted = backgroundOf(this.#styleOf(element)) ?? element.getAttribute('bgcolor');
    return painted ?? element.getAttribute('background') ?? undefined;
  }
}
