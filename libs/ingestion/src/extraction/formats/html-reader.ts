import { type DocumentBuilder } from '../document-builder';
import { DocumentTooComplexError } from '../extraction.errors';
import { HtmlStyles } from './html-styles';
import { type HtmlElement, type HtmlNode, isElement, isText, wordsUnder } from './html-node';
import { HtmlTextWriter } from './html-text-writer';

/** Deeper trees are made to harm: hand-written and generated pages stay under 300. */
const MAX_DEPTH = 5_000;
const DOCTYPE = /<!doctype[^>]*>/i;
const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Void elements, and those whose end tag may be left out (WHATWG 13.1.2.4). */
const CLOSE_THEMSELVES = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup thead tbody tfoot tr td ' +
    'th colgroup caption rt rp'
  ).split(' '),
);
const MAX_TAGS = 2_000_000;
/** As much as is kept of one hidden piece. */
const HIDDEN_CHARACTERS = 1_000;

interface Page {
  readonly writer: HtmlTextWriter;
  readonly builder: DocumentBuilder;
  readonly styles: HtmlStyles;
  readonly leaveOut: (element: HtmlElement) => boolean;
}

/** Visits one node; tells whether to go down into it. */
const enter = (node: HtmlNode, { writer, builder, styles, leaveOut }: Page): node is HtmlElement => {
  if (isText(node)) writer.text(node.textContent ?? '');
  if (!isElement(node) || leaveOut(node)) return false;
  const reason = styles.hiddenReason(node);
  if (reason !== undefined) builder.hide(reason, wordsUnder(node, HIDDEN_CHARACTERS));
  return writer.open(node.localName, reason !== undefined);
};

/** Closes elements until one has a next sibling, which is where reading goes on. */
const leave = (open: HtmlElement[], writer: HtmlTextWriter): HtmlNode | null => {
  for (let closed = open.pop(); closed !== undefined; closed = open.pop()) {
    writer.close(closed.localName);
    if (closed.nextSibling !== null) return closed.nextSibling;
  }
  return null;
};

/** Depth first with a stack of our own: a page of nested tags must not exhaust the call stack. */
const walk = (root: HtmlNode, page: Page): void => {
  const open: HtmlElement[] = [];
  let node = root.firstChild;
  while (node !== null) {
    if (enter(node, page)) {
      open.push(node);
      if (open.length > MAX_DEPTH) throw new DocumentTooComplexError({ limit: `${String(MAX_DEPTH)} nested tags` });
      node = node.firstChild ?? leave(open, page.writer);
    } else {
      node = node.nextSibling ?? leave(open, page.writer);
    }
  }
};

/**
 * Counts before parsing: the tree of a page takes a hundred times its size, and a deep one takes the parser minutes.
 * Elements that HTML closes by itself do not deepen the tree.
 *
 * @throws {DocumentTooComplexError}
 */
export const assertPlainEnough = (html: string): void => {
  let tags = 0;
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    tags += 1;
    if (!CLOSE_THEMSELVES.has(name.toLowerCase())) depth += slash === '' ? 1 : -1;
    if (tags > MAX_TAGS) throw new DocumentTooComplexError({ limit: `${String(MAX_TAGS)} tags` });
    if (depth > MAX_DEPTH) throw new DocumentTooComplexError({ limit: `${String(MAX_DEPTH)} nested tags` });
  }
};

/** A whole page. */
export interface HtmlPage extends HtmlNode {
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): Iterable<HtmlElement>;
  toString(): string;
}

/** Only what {@link assertPlainEnough} let through. */
export const parseHtml = async (html: string): Promise<HtmlPage> => {
  const { parseHTML } = await import('linkedom');
  // linkedom gives a document type no next sibling, which would end the walk before it began.
  const { document } = parseHTML(html.replace(DOCTYPE, '')) as unknown as { readonly document: HtmlPage };
  return document;
};

const stylesOf = (page: HtmlPage): HtmlStyles => {
  const styles = new HtmlStyles();
  for (const sheet of page.querySelectorAll('style, link[rel=stylesheet]')) {
    if (sheet.localName === 'style') styles.addSheet(sheet.textContent ?? '');
    else styles.addUnknownSheet();
  }
  return styles;
};

const nothing = (): boolean => false;

/**
 * Writes a page's visible words into a builder, and notes the hidden ones there.
 *
 * @param leaveOut elements that are neither written nor noted
 * @returns the page's title: its `<title>`, else its first heading
 * @throws {DocumentTooComplexError} more tags, or deeper nested ones, than any page a person reads
 */
export const writeHtml = async (
  html: string,
  builder: DocumentBuilder,
  leaveOut: (element: HtmlElement) => boolean = nothing,
): Promise<string | undefined> => {
  assertPlainEnough(html);
  const page = await parseHtml(html);
  const writer = new HtmlTextWriter(builder);
  walk(page, { writer, builder, styles: stylesOf(page), leaveOut });
  writer.finish();
  return writer.title;
};
