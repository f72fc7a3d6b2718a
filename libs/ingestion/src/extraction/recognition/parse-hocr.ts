import { markBrokenWord } from '../pdf/mark-broken-word';
import { type PdfLine } from '../pdf/pdf-line';
import { type RecognizedPage } from './text-recognizer';

const PAGE = /<div class='ocr_page'[^>]*title='[^']*bbox \d+ \d+ \d+ (\d+);[^']*?(?:scan_res (\d+) \d+)?'/;
const LINE = /<span class='ocr_(?:line|header|caption|textfloat)'[^>]*title="bbox (\d+) \d+ (\d+) (\d+)([^"]*)">/;
const WORD = /<span class='ocrx_word'[^>]*x_wconf (\d+)'[^>]*>([\s\S]*?)<\/span>/g;
const BASELINE = /baseline [-\d.]+ ([-\d.]+)/;
const SIZE = /x_size ([\d.]+)/;
const TAG = /<[^>]+>/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Per cent of certainty. Under these, "letters" are the grain of a photograph; print of any quality is above 60. */
const LEAST_WORD_CONFIDENCE = 30;
const LEAST_LINE_CONFIDENCE = 50;
const DEFAULT_RESOLUTION = 300;
const POINTS_PER_INCH = 72;

const plain = (html: string): string =>
  html.replace(TAG, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

const readWords = (html: string): string => {
  const words = [...html.matchAll(WORD)].map(([, confidence, word = '']) => ({
    confidence: Number(confidence),
    word: plain(word).trim(),
  }));
  const kept = words.filter(({ word, confidence }) => word !== '' && confidence >= LEAST_WORD_CONFIDENCE);
  const mean = kept.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, kept.length);
  return mean < LEAST_LINE_CONFIDENCE ? '' : kept.map(({ word }) => word).join(' ');
};

const numberAfter = (pattern: RegExp, text: string, otherwise: number): number =>
  Number(pattern.exec(text)?.[1] ?? otherwise);

interface PageFrame {
  readonly height: number;
  /** Points of one pixel. */
  readonly scale: number;
}

const boxOf = (html: string): readonly [left: number, right: number, bottom: number, rest: string] => {
  const found = LINE.exec(html);
  return [Number(found?.[1]), Number(found?.[2]), Number(found?.[3]), found?.[4] ?? ''];
};

const readLine = (html: string, { height, scale }: PageFrame): PdfLine | undefined => {
  const [left, right, bottom, rest] = boxOf(html);
  const text = readWords(html);
  if (text === '' || Number.isNaN(bottom)) return undefined;
  return {
    text: markBrokenWord(text),
    left: left * scale,
    right: right * scale,
    baseline: (height - bottom - numberAfter(BASELINE, rest, 0)) * scale,
    size: numberAfter(SIZE, rest, 0) * scale,
    bold: false,
  };
};

const readPage = (html: string): RecognizedPage => {
  const [, height = 0, resolution = DEFAULT_RESOLUTION] = PAGE.exec(html) ?? [];
  const frame = { height: Number(height), scale: POINTS_PER_INCH / Number(resolution) };
  const lines = html.split(/(?=<span class='ocr_(?:line|header|caption|textfloat)')/).slice(1);
  return {
    height: frame.height * frame.scale,
    lines: lines.flatMap((line) => readLine(line, frame) ?? []),
  };
};

/**
 * Reads hOCR, the HTML in which recognizers tell words with their place and certainty: lines in points from the foot of
 * the page, uncertain words left out.
 */
export const parseHocr = (html: string): RecognizedPage[] =>
  html
    .split(/(?=<div class='ocr_page')/)
    .slice(1)
    .map(readPage);
