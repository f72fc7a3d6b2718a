import { setImmediate } from 'node:timers/promises';

import type { Locale } from '#libs/kernel';

import type { ConversationView } from '../conversation/conversation.view';
import type { CitationView, MessageView } from '../message/message.view';

import { EXPORT_TEXTS, newestBranch, oneLine, placeOf, titleText } from './conversation-text';
import { drawablePieces } from './drawable-pieces';

/** Latin, Greek, Cyrillic and most symbols; what it lacks is drawn as an empty box. TTF: unpacking a WOFF takes fontkit a second. */
const FONTS = {
  text: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  strong: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  quote: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf'),
};

/** Points, of which an inch has 72. */
const MARGIN = 64;
const INDENT = 14;
const FOOTER = 40;
const [INK, FAINT, ACCENT] = ['#1a1a1a', '#666666', '#1f4e79'] as const;

/** What is drawn: one style of text at a time. */
interface Style {
  readonly font: keyof typeof FONTS;
  readonly size: number;
  readonly color: string;
  /** Points above the text. */
  readonly above: number;
  readonly indent?: number;
}

const STYLES = {
  title: { font: 'strong', size: 18, color: INK, above: 0 },
  date: { font: 'text', size: 9, color: FAINT, above: 4 },
  question: { font: 'strong', size: 12, color: ACCENT, above: 22 },
  answer: { font: 'text', size: 10.5, color: INK, above: 8 },
  label: { font: 'strong', size: 9, color: FAINT, above: 10 },
  place: { font: 'strong', size: 9, color: INK, above: 6, indent: INDENT },
  quote: { font: 'quote', size: 9, color: FAINT, above: 2, indent: 2 * INDENT },
  remark: { font: 'quote', size: 9, color: FAINT, above: 8 },
} as const satisfies Readonly<Record<string, Style>>;

/** Emphasis and headings of Markdown, which models write and paper does not need. */
const withoutMarkup = (text: string): string =>
  text.replaceAll(/^#{1,6}\s+/gmu, '').replaceAll(/\*\*([^*\n]+)\*\*/gu, '$1');

/** Lays a conversation out on pages, from top to bottom. */
class ConversationPages {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly parts: Buffer[] = [];
  private readonly done: Promise<Buffer>;

  private constructor(pdf: PDFKit.PDFDocument) {
    this.pdf = pdf;
    for (const [name, file] of Object.entries(FONTS)) this.pdf.registerFont(name, file);
    this.done = new Promise((resolve, reject) => {
      this.pdf.on('data', (part: Buffer) => this.parts.push(part));
      this.pdf.on('end', () => resolve(Buffer.concat(this.parts)));
      this.pdf.on('error', reject);
    });
  }

  /** The library is loaded with the first file: it takes 8 to 25 MiB that most days nobody needs. */
  static async open(title: string, now: Date): Promise<ConversationPages> {
    const { default: PDFDocument } = await import('pdfkit');
    const info = { Title: title, Creator: 'MY-IA', Producer: 'MY-IA', CreationDate: now };
    // The cache keeps every word that was ever drawn, with all its glyphs.
    const options = { size: 'A4', margin: MARGIN, bufferPages: true, fontLayoutCache: false, info };
    return new ConversationPages(new PDFDocument(options));
  }

  /** Gives way between pieces, so that others are answered meanwhile. */
  async write(style: keyof typeof STYLES, text: string): Promise<void> {
    for (const [at, piece] of drawablePieces(text).entries()) {
      this.draw({ ...STYLES[style], ...(at > 0 && { above: 0 }) }, piece);
      await setImmediate();
    }
  }

  private draw({ font, size, color, above, indent = 0 }: Style, text: string): void {
    this.pdf.font(font).fontSize(size).fillColor(color);
    // A line at the bottom that has nothing below it belongs on the next page, with what follows.
    if (this.pdf.y + above + 2 * size > this.bottom) this.pdf.addPage();
    else if (this.pdf.y > MARGIN) this.pdf.y += above;
    this.pdf.text(text, MARGIN + indent, this.pdf.y, { width: this.pdf.page.width - 2 * MARGIN - indent, lineGap: 2 });
  }

  /** Numbers the pages. @returns the whole file */
  finish(): Promise<Buffer> {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) this.number(page, count);
    this.pdf.end();
    return this.done;
  }

  private number(page: number, count: number): void {
    this.pdf.switchToPage(page);
    // The number stands inside the margin, where text would otherwise begin another page.
    this.pdf.page.margins.bottom = 0;
    this.pdf.font('text').fontSize(8).fillColor(FAINT);
    const { width, height } = this.pdf.page;
    this.pdf.text(`${page + 1} / ${count}`, MARGIN, height - FOOTER, { width: width - 2 * MARGIN, align: 'center' });
  }

  private get bottom(): number {
    return this.pdf.page.height - MARGIN;
  }
}

const writeCitation = async (pages: ConversationPages, citation: CitationView, locale: Locale): Promise<void> => {
  await pages.write('place', `[${citation.marker}] ${placeOf(citation, locale)}`);
  await pages.write('quote', oneLine(citation.quote));
};

const writeMessage = async (pages: ConversationPages, message: MessageView, locale: Locale): Promise<void> => {
  if (message.role === 'user') {
    await pages.write('question', oneLine(message.content));
    return;
  }
  const { sources, ungrounded } = EXPORT_TEXTS[locale];
  await pages.write('answer', withoutMarkup(message.content));
  await pages.write(message.grounded ? 'label' : 'remark', message.grounded ? sources : ungrounded);
  for (const citation of message.grounded ? message.citations : []) await writeCitation(pages, citation, locale);
};

/**
 * The newest branch of a conversation as a PDF file.
 * @param messages oldest first
 */
export const conversationPdf = async (
  conversation: Pick<ConversationView, 'title'>,
  messages: readonly MessageView[],
  { locale, now }: { readonly locale: Locale; readonly now: Date },
): Promise<Buffer> => {
  const pages = await ConversationPages.open(titleText(conversation, locale), now);
  await pages.write('title', titleText(conversation, locale));
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(now);
  await pages.write('date', `${EXPORT_TEXTS[locale].exported} ${date}`);
  for (const message of newestBranch(messages)) {
    await writeMessage(pages, message, locale);
  }
  return pages.finish();
};
