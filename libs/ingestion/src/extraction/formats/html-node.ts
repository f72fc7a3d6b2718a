/** The little of the browser's DOM that reading a page needs; linkedom borrows its types from the browser's library. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly firstChild: HtmlNode | null;
  readonly nextSibling: HtmlNode | null;
  readonly parentNode: HtmlNode | null;
}

export interface HtmlElement extends HtmlNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  setAttribute(name: string, value: string): void;
}

const ELEMENT_NODE = 1;
const TEXT_NODE = 3;

export const isElement = (node: HtmlNode): node is HtmlElement => node.nodeType === ELEMENT_NODE;
export const isText = (node: HtmlNode): boolean => node.nodeType === TEXT_NODE;

/** Never text a reader sees. `title` is read apart; form controls hold choices, not statements. */
const WITHOUT_WORDS = new Set(
  'script style noscript template svg math head iframe object embed canvas audio video map select textarea'.split(' '),
);

export const isWithoutWords = (name: string): boolean => WITHOUT_WORDS.has(name);

const nextAfter = (node: HtmlNode, root: HtmlNode): HtmlNode | null => {
  let current: HtmlNode | null = node;
  while (current !== null && current !== root) {
    if (current.nextSibling !== null) return current.nextSibling;
    current = current.parentNode;
  }
  return null;
};

const hasWords = (node: HtmlNode): boolean => isElement(node) && !isWithoutWords(node.localName);

/** The words below an element, for a note: no structure, and never more than `most` characters. */
export const wordsUnder = (root: HtmlElement, most: number): string => {
  let words = '';
  let node = root.firstChild;
  while (node !== null && words.length < most) {
    words += isText(node) ? (node.textContent ?? '') : ' ';
    node = (hasWords(node) ? node.firstChild : null) ?? nextAfter(node, root);
  }
  return words.slice(0, most);
};
