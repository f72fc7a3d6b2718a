import { type HtmlElement, type HtmlNode, isElement, wordsUnder } from './html-node';
import { assertPlainEnough, type HtmlPage, parseHtml } from './html-reader';

/** Numbers the elements of a page, so that those of the article are known in a copy of it. */
const MARK = 'data-my-ia-element';
/** Readability goes through a page several times, and looks up and down from each paragraph: pages people read are far below. */
const [MOST_ELEMENTS, MOST_DEPTH] = [50_000, 150];
/** Less, outside of links, is what Readability finds when there is no article: a cookie banner, a menu. */
const [FEWEST_CHARACTERS, SMALLEST_SHARE] = [250, 0.25];
const MAIN = 'main, [role=main]';
const ALWAYS = 'html, head, head *, body';

/** A page, and which of its elements are beside the point. */
export interface MainContent {
  readonly html: string;
  readonly leaveOut: (element: HtmlElement) => boolean;
}

const markOf = (element: HtmlElement): number => Number(element.getAttribute(MARK) ?? -1);
const markAbove = ({ parentNode }: HtmlNode): number => (parentNode && isElement(parentNode) ? markOf(parentNode) : -1);

/** @returns the number of each element's parent, or undefined for a page that is too large or too deep to be looked through */
const numberElements = (page: HtmlPage): number[] | undefined => {
  const parents: number[] = [];
  const depths: number[] = [];
  for (const element of page.querySelectorAll('*')) {
    const parent = markAbove(element);
    element.setAttribute(MARK, String(parents.length));
    parents.push(parent);
    const depth = (depths[parent] ?? 0) + 1;
    depths.push(depth);
    if (parents.length > MOST_ELEMENTS || depth > MOST_DEPTH) return undefined;
  }
  return parents;
};

type Root = HtmlElement & Pick<HtmlPage, 'querySelectorAll'>;

const marksOf = (root: Pick<HtmlPage, 'querySelectorAll'>, selector = `[${MARK}]`): number[] =>
  [...root.querySelectorAll(selector)].map(markOf);

const lengthOf = (element: HtmlElement): number =>
  wordsUnder(element, Number.POSITIVE_INFINITY).replace(/\s+/g, ' ').trim().length;

/** Characters outside of links: a menu has hardly any. */
const proseOf = (root: Root | null): number => {
  if (!root) return 0;
  return [...root.querySelectorAll('a')].reduce((rest, link) => rest - lengthOf(link), lengthOf(root));
};

/** Changes the page. @returns the elements of its article; none when it has none to speak of */
const articleOf = async (page: HtmlPage): Promise<number[]> => {
  const whole = proseOf(page.querySelector('body') as Root | null);
  const { Readability } = await import('@mozilla/readability');
  const serializer = (node: unknown): Root => node as Root;
  const options = { serializer, charThreshold: FEWEST_CHARACTERS, disableJSONLD: true };
  // linkedom is a DOM, but its types are not the browser's.
  const article = new Readability(page, options).parse()?.content ?? null;
  const isWhatThePageIsAbout = proseOf(article) >= Math.max(FEWEST_CHARACTERS, whole * SMALLEST_SHARE);
  return article && isWhatThePageIsAbout ? marksOf(article) : [];
};

/** The element that says of itself that it is the main one, or the only article. */
const declaredMain = (page: HtmlPage): number[] => {
  const [onlyArticle, ...others] = page.querySelectorAll('article');
  const main = (page.querySelector(MAIN) ?? (others.length === 0 ? onlyArticle : undefined)) as Root | undefined;
  return main && lengthOf(main) > 0 ? [markOf(main), ...marksOf(main)] : [];
};

/** What Readability may take for a repetition: the title, and the heading that every other one stands under. */
const besides = (page: HtmlPage): number[] => {
  const headings = marksOf(page, 'h1').length === 1 ? marksOf(page, 'h1, h1 *') : [];
  return [...marksOf(page, ALWAYS), ...marksOf(page, 'title').slice(0, 1), ...headings];
};

/** With all that stands around them: a heading is no text without the section it is in. */
const withAncestors = (marks: readonly number[], parents: readonly number[]): Set<number> => {
  const kept = new Set<number>();
  for (const mark of marks) {
    for (let at = mark; at >= 0 && !kept.has(at); at = parents[at] ?? -1) kept.add(at);
  }
  return kept;
};

/**
 * Finds what a page of a site is about, apart from menus, banners and links to more: its article, as Readability sees it, or
 * else what is marked up as its main element. The page itself stays as it is, with its style sheets, which tell what nobody sees.
 * @returns undefined when neither is found: then all of the page counts
 * @throws {DocumentTooComplexError}
 */
export const findMainContent = async (html: string): Promise<MainContent | undefined> => {
  assertPlainEnough(html);
  const page = await parseHtml(html);
  const parents = numberElements(page);
  if (!parents) return undefined;
  const marked = page.toString();
  const always = besides(page);
  const main = declaredMain(page);
  const article = await articleOf(page);
  const marks = article.length > 0 ? article : main;
  if (marks.length === 0) return undefined;
  const kept = withAncestors([...always, ...marks], parents);
  return { html: marked, leaveOut: (element) => !kept.has(markOf(element)) };
};
