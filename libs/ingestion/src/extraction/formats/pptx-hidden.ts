import { type ExtractionLimits } from '../extraction-limits';
import { markText, type MarkedReason } from './hidden-marks';
import { changeParts } from './office-parts';

const SLIDE = /^ppt\/slides\/slide\d+\.xml$/;
const HIDDEN_SLIDE = /<p:sld [^>]*show="(?:0|false)"/;
const SLIDE_SIZE = /<p:sldSz [^>]*cx="(\d+)" [^>]*cy="(\d+)"/;
/** What a presentation has that does not say. */
const USUAL_SIZE = [9_144_000, 6_858_000] as const;
const TEXT = /(<a:t(?: [^>]*)?>)([^<]+)(?=<\/a:t>)/g;
const SHAPE_TOKEN = /<p:sp[ >]|<(\/?)p:grpSp[ >]/g;
const SHAPE_END = '</p:sp>';
const PLACE = /<a:off x="(-?\d+)" y="(-?\d+)"\s*\/>\s*<a:ext cx="(\d+)" cy="(\d+)"/;
const BACKGROUND = /<p:bg>\s*<p:bgPr[^>]*>\s*<a:solidFill>\s*<a:srgbClr val="([0-9A-Fa-f]{6})"/;
const OWN_FILL = /<p:spPr[^>]*>(?:(?!<\/p:spPr>|<a:ln[ >])[\s\S]){0,4000}<a:(?:solid|grad|blip|patt)Fill|<p:style>/;
const RUN = /<a:rPr[^>]*>\s*<a:solidFill>\s*<a:srgbClr val="([0-9A-Fa-f]{6})"(?:(?!<\/a:r>)[\s\S]){0,4000}<\/a:r>/g;

interface Slide {
  readonly width: number;
  readonly height: number;
  /** Six hexadecimal digits, where the slide itself says so. */
  readonly background: string | undefined;
}

const markTexts = (xml: string, reason: MarkedReason): string =>
  xml.replaceAll(TEXT, (_, tag: string, text: string) => tag + markText(text, reason));

const isOff = (shape: string, { width, height }: Slide): boolean => {
  const place = PLACE.exec(shape)?.slice(1).map(Number);
  if (!place) return false;
  const [x, y, wide, high] = place as [number, number, number, number];
  return x + wide <= 0 || y + high <= 0 || x >= width || y >= height;
};

const markShape = (shape: string, slide: Slide): string => {
  if (isOff(shape, slide)) return markTexts(shape, 'off-page');
  if (slide.background === undefined || OWN_FILL.test(shape)) return shape;
  return shape.replaceAll(RUN, (run, color: string) =>
    color.toLowerCase() === slide.background ? markTexts(run, 'same-color') : run,
  );
};

/** Shapes of a group are placed within it, so only the others are looked at. */
const markShapes = (xml: string, slide: Slide): string => {
  const pieces: string[] = [];
  let groups = 0;
  let done = 0;
  for (const { 1: slash, index } of xml.matchAll(SHAPE_TOKEN)) {
    if (slash !== undefined) groups += slash === '/' ? -1 : 1;
    if (slash !== undefined || groups > 0 || index < done) continue;
    const end = xml.indexOf(SHAPE_END, index);
    // None of those that follow has an end either.
    if (end === -1) break;
    pieces.push(xml.slice(done, index), markShape(xml.slice(index, end), slide));
    done = end;
  }
  return pieces.join('') + xml.slice(done);
};

const markSlide = (xml: string, presentation: string): string => {
  if (HIDDEN_SLIDE.test(xml)) return markTexts(xml, 'hidden-slide');
  const [width = USUAL_SIZE[0], height = USUAL_SIZE[1]] = SLIDE_SIZE.exec(presentation)?.slice(1).map(Number) ?? [];
  return markShapes(xml, { width, height, background: BACKGROUND.exec(xml)?.[1]?.toLowerCase() });
};

/**
 * Marks what a presentation does not show: slides that are hidden, shapes beside the slide, and text in the color that the
 * slide names as its background. Colors of themes and masters are not followed.
 */
export const markHiddenSlides = (bytes: Uint8Array, limits: ExtractionLimits): Promise<Uint8Array> =>
  changeParts(bytes, limits, (read, names) => {
    const presentation = read('ppt/presentation.xml');
    const slides = names.filter((name) => SLIDE.test(name)).map((name) => [name, read(name)] as const);
    const marked = slides.map(([name, xml]) => [name, xml, markSlide(xml, presentation)] as const);
    return Object.fromEntries(marked.flatMap(([name, xml, now]) => (now.length > xml.length ? [[name, now]] : [])));
  });
