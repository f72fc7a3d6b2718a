import { isContentsLine, isBullet } from './line-breaks';
import { type PdfBlock } from './pdf-block';

const LARGER = 1.13;
const MOST_LINES = 3;
const MOST_CHARACTERS = 150;
const MOST_LEVELS = 5;
/** Bold alone makes a heading only of a short line that ends like none of a text. */
const MOST_BOLD_CHARACTERS = 90;
const ENDS_LIKE_TEXT = /[.,;:]\s*$/;
const HAS_WORD = /\p{L}{2}/u;

/** Sizes this close are of one level: small capitals and rounding make them differ. */
const SAME_LEVEL = 0.94;

/** Half points are fine enough to find the size most text is set in. */
const rounded = (size: number): number => Math.round(size * 2) / 2;

/** The size most characters are set in. */
const bodySizeOf = (blocks: readonly PdfBlock[]): number => {
  const characters = new Map<number, number>();
  for (const { size, text } of blocks) {
    characters.set(rounded(size), (characters.get(rounded(size)) ?? 0) + text.length);
  }
  const [body] = [...characters].sort(([, a], [, b]) => b - a);
  return body?.[0] ?? 0;
};

const mayBeHeading = ({ text, lines, rows }: PdfBlock): boolean =>
  !rows &&
  lines.length <= MOST_LINES &&
  text.length <= MOST_CHARACTERS &&
  HAS_WORD.test(text) &&
  !isBullet(text) &&
  !isContentsLine(text);

const isLarge = (block: PdfBlock, body: number): boolean => block.size >= body * LARGER;
const isBold = ({ bold, size, text }: PdfBlock, body: number): boolean =>
  bold && size >= body * 0.95 && text.length <= MOST_BOLD_CHARACTERS && !ENDS_LIKE_TEXT.test(text);

interface Level {
  readonly size: number;
  count: number;
}

/** Groups sizes into levels, largest first. */
const levelsOf = (sizes: readonly number[]): Level[] => {
  const levels: Level[] = [];
  for (const size of [...sizes].sort((a, b) => b - a)) {
    const level = levels.at(-1);
    if (level && size >= level.size * SAME_LEVEL) level.count += 1;
    else levels.push({ size, count: 1 });
  }
  // A cover page sets each of its lines in a size of its own: sizes used once must not push the chapters down.
  const repeated = levels.filter(({ count }) => count > 1);
  return repeated.length > 0 ? repeated : levels;
};

/**
 * Finds headings by size, then by weight, and ranks them: the largest size in repeated use is level 1, bold text of body
 * size the lowest.
 *
 * @returns levels by block; blocks that are no heading are absent
 */
export const headingLevels = (blocks: readonly PdfBlock[]): Map<PdfBlock, number> => {
  const body = bodySizeOf(blocks);
  if (body === 0) return new Map();
  const headings = blocks.filter((block) => mayBeHeading(block) && (isLarge(block, body) || isBold(block, body)));
  const sizeOf = (block: PdfBlock) => (isLarge(block, body) ? block.size : body);
  const levels = levelsOf(headings.map(sizeOf));
  const levelOf = (block: PdfBlock) => {
    const index = levels.findIndex(({ size }) => sizeOf(block) >= size * SAME_LEVEL);
    return Math.min(MOST_LEVELS, (index === -1 ? levels.length : index) + 1);
  };
  return new Map(headings.map((block) => [block, levelOf(block)]));
};

/** What a reader takes for the title when the file names none: the largest words of the first page. */
export const largestOnFirstPage = (blocks: readonly PdfBlock[]): string | undefined => {
  const body = bodySizeOf(blocks);
  return blocks
    .filter((block) => block.page === blocks[0]?.page && mayBeHeading(block) && isLarge(block, body))
    .reduce<PdfBlock | undefined>(
      (largest, block) => (largest && largest.size >= block.size ? largest : block),
      undefined,
    )?.text;
};
