import { type PdfLine, type PdfPage } from './pdf-line';

/** Head and foot of a page, as a share of its height. */
const MARGIN = 0.15;
/** On fewer pages a repetition may be meant. */
const LEAST_PAGES = 3;
/** Baselines within this many points count as the same place. */
const BASELINE_STEP = 6;

const inMargin = (line: PdfLine, height: number): boolean =>
  line.baseline > height * (1 - MARGIN) || line.baseline < height * MARGIN;

/** Page numbers change from page to page: arabic and roman numerals count as equal. */
const fingerprint = (line: PdfLine): string =>
  `${String(Math.round(line.baseline / BASELINE_STEP))}:${line.text.replace(/\d+/g, '#').replace(/\b[ivxlc]+\b/gi, '#')}`;

const marginPrints = ({ lines, height }: PdfPage): Set<string> =>
  new Set(lines.filter((line) => inMargin(line, height)).map(fingerprint));

const countPages = (pages: readonly PdfPage[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const print of marginPrints(page)) counts.set(print, (counts.get(print) ?? 0) + 1);
  }
  return counts;
};

/** Takes out running headers, footers and page numbers: lines repeated at the same place of many pages' margins. */
export const removeRunningLines = (pages: readonly PdfPage[]): PdfPage[] => {
  const counts = countPages(pages);
  return pages.map((page) => {
    const margin = page.lines.filter((line) => inMargin(line, page.height));
    const running = margin.filter((line) => (counts.get(fingerprint(line)) ?? 0) >= LEAST_PAGES);
    // The chapter's title beside the book's changes too often to be counted, but stands on the same line.
    const rows = new Set(running.map(({ baseline }) => Math.round(baseline)));
    const gone = new Set(margin.filter(({ baseline }) => rows.has(Math.round(baseline))));
    return { ...page, lines: page.lines.filter((line) => !gone.has(line)) };
  });
};
