import { type ExtractionLimits } from '../extraction-limits';
import { markOf } from './hidden-marks';
import { changeParts } from './office-parts';

const HIDDEN_RUN = markOf('hidden-run');
const WHITE_RUN = markOf('same-color');

const PARTS = ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml', 'word/comments.xml'];
const STYLES = 'word/styles.xml';

/**
 * What may surround a run: its paragraph, and the frames whose paint nobody can see from here. Properties are bounded, so
 * that a part full of unclosed ones is not read from each of them to its end.
 */
const TOKEN =
  /<(\/?)w:(?:(p)|(tbl|txbxContent))(?=[ >])[^>]*>|<w:shd [^>]*>|<w:rPr>((?:(?!<\/w:rPr>)[\s\S]){0,4000})<\/w:rPr>/g;
const RUN_END = /<w:r[ >]|<\/w:r>/;
const MOST_RUN_CHARACTERS = 100_000;
const TEXT_START = /<w:t(?: [^>]*)?>(?!<)/g;
const VANISH = /<w:vanish(?:\s*\/>|\s+w:val="(?:1|true|on)"\s*\/>)/;
const WHITE = /<w:color [^>]*w:val="F[EF]F[EF]F[EF]"/i;
const BACKGROUND = /<w:(?:shd|highlight) /;
const RUN_STYLE = /<w:rStyle w:val="([^"]*)"/;
const STYLE = /<w:style [^>]*w:styleId="([^"]*)"[^>]*>((?:(?!<\/w:style>)[\s\S]){0,20000})<\/w:style>/g;
const PAGE_COLOR = /<w:background /;

const hidingStyles = (styles: string): ReadonlySet<string> =>
  new Set([...styles.matchAll(STYLE)].flatMap(([, id = '', body = '']) => (VANISH.test(body) ? [id] : [])));

/** Goes through one part and knows what is around the run it has come to. */
class Surroundings {
  /** Tables and text boxes, which may be painted by their style. */
  #frames = 0;
  #isShaded = false;

  enter(token: string, slash: string | undefined, paragraph: string | undefined): void {
    if (paragraph !== undefined) this.#isShaded = false;
    else if (token.startsWith('<w:shd')) this.#isShaded = true;
    else this.#frames += slash === '/' ? -1 : 1;
  }

  get isPaper(): boolean {
    return this.#frames === 0 && !this.#isShaded;
  }
}

const isVanished = (properties: string, hiding: ReadonlySet<string>): boolean =>
  VANISH.test(properties) || hiding.has(RUN_STYLE.exec(properties)?.[1] ?? '');

const markRun = (run: string, mark: string): string => run.replace(TEXT_START, `$&${mark}`);

const runAt = (xml: string, start: number): string => {
  const rest = xml.slice(start, start + MOST_RUN_CHARACTERS);
  const end = rest.search(RUN_END);
  return end === -1 ? rest : rest.slice(0, end);
};

/** Marks the hidden runs of one part. */
const markPart = (xml: string, hiding: ReadonlySet<string>): string => {
  const around = new Surroundings();
  const isWhitePaper = !PAGE_COLOR.test(xml);
  /** Why the words of a run with these properties are not seen; undefined when they are. */
  const markFor = (properties: string): string | undefined => {
    if (isVanished(properties, hiding)) return HIDDEN_RUN;
    const isOnWhite = isWhitePaper && around.isPaper && !BACKGROUND.test(properties);
    return isOnWhite && WHITE.test(properties) ? WHITE_RUN : undefined;
  };
  const pieces: string[] = [];
  let done = 0;
  for (const { 0: token, 1: slash, 2: paragraph, 4: properties, index } of xml.matchAll(TOKEN)) {
    if (properties === undefined) around.enter(token, slash, paragraph);
    const mark = properties === undefined ? undefined : markFor(properties);
    if (mark === undefined) continue;
    const start = index + token.length;
    const run = runAt(xml, start);
    pieces.push(xml.slice(done, start), markRun(run, mark));
    done = start + run.length;
  }
  return pieces.join('') + xml.slice(done);
};

const mayHide = (xml: string): boolean => VANISH.test(xml) || WHITE.test(xml) || xml.includes('<w:rStyle ');

/**
 * Word's parser does not tell hidden words from others, so they are marked in the file before it is parsed: those with the
 * attribute "hidden", by themselves or by their style, and white ones on white paper.
 *
 * @returns the file, as it was when nothing is hidden or it cannot be opened
 */
export const markHiddenRuns = (bytes: Uint8Array, limits: ExtractionLimits): Promise<Uint8Array> =>
  changeParts(bytes, limits, (read) => {
    const hiding = hidingStyles(read(STYLES));
    const marked = PARTS.map((name) => [name, read(name)] as const)
      .filter(([, xml]) => mayHide(xml))
      .map(([name, xml]) => [name, xml, markPart(xml, hiding)] as const);
    return Object.fromEntries(marked.flatMap(([name, xml, now]) => (now.length > xml.length ? [[name, now]] : [])));
  });
