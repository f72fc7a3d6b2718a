import { decodeText } from '../decode-text';
import { DocumentBuilder } from '../document-builder';
import { DocumentTooComplexError } from '../extraction.errors';
import { type Extractor } from '../extractor';
import { HtmlTextWriter } from './html-text-writer';

/** WHATWG: the declaration must stand within the first 1024 bytes. */
const DECLARATION_BYTES = 1_024;
const CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;
const ELEMENT_NODE = 1;
const TEXT_NODE = 3;
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

interface HtmlNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly firstChild: HtmlNode | null;
  readonly nextSibling: HtmlNode | null;
}

interface HtmlElement extends HtmlNode {
  readonly localName: string;
  hasAttribute(name: string): boolean;
}

const isElement = (node: HtmlNode): node is HtmlElement => node.nodeType === ELEMENT_NODE;

const declaredCharset = (bytes: Uint8Array): string | undefined =>
  CHARSET.exec(Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1'))?.[1];

/** Visits one node; tells whether to go down into it. */
const enter = (node: HtmlNode, writer: HtmlTextWriter): node is HtmlElement => {
  if (node.nodeType === TEXT_NODE) writer.text(node.textContent ?? '');
  return isElement(node) && writer.open(node.localName, node.hasAttribute('hidden'));
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
const walk = (root: HtmlNode, writer: HtmlTextWriter): void => {
  const open: HtmlElement[] = [];
  let node = root.firstChild;
  while (node !== null) {
    if (enter(node, writer)) {
      open.push(node);
      if (open.length > MAX_DEPTH) throw new DocumentTooComplexError({ limit: `${String(MAX_DEPTH)} nested tags` });
      node = node.firstChild ?? leave(open, writer);
    } else {
      node = node.nextSibling ?? leave(open, writer);
    }
  }
};

/**
 * Counts before parsing: the tree of a page takes a hundred times its size, and a deep one takes the parser minutes.
 * Elements that HTML closes by itself do not deepen the tree.
 */
const assertPlainEnough = (html: string): void => {
  let tags = 0;
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    tags += 1;
    if (!CLOSE_THEMSELVES.has(name.toLowerCase())) depth += slash === '' ? 1 : -1;
    if (tags > MAX_TAGS) throw new DocumentTooComplexError({ limit: `${String(MAX_TAGS)} tags` });
    if (depth > MAX_DEPTH) throw new DocumentTooComplexError({ limit: `${String(MAX_DEPTH)} nested tags` });
  }
};

export const extractHtml: Extractor = async ({ bytes, limits }) => {
  // linkedom gives a document type no next sibling, which would end the walk before it began.
  const html = decodeText(bytes, declaredCharset(bytes)).replace(DOCTYPE, '');
  assertPlainEnough(html);
  const { parseHTML } = await import('linkedom');
  // linkedom borrows the types of the browser's DOM, which no server code knows.
  const { document } = parseHTML(html) as unknown as { readonly document: HtmlNode };
  const builder = new DocumentBuilder(limits.textCharacters);
  const writer = new HtmlTextWriter(builder);
  walk(document, writer);
  writer.finish();
  return builder.build(writer.title);
};
