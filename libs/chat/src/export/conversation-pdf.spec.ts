import { PDFiumLibrary } from '@hyzyla/pdfium';

import type { MessageView } from '../message/message.view';
import { conversationPdf } from './conversation-pdf';

const NOW = new Date('2026-01-15T12:00:00Z');

const message = (id: string, parentId: string | null, fields: Partial<MessageView>): MessageView => ({
  ...{ id, parentId, conversationId: 'c', role: 'user', status: 'complete', content: id, citations: [], sources: [] },
  ...{
    grounded: false,
    unsupported: [],
    confidence: null,
    highlights: [],
    provider: null,
    model: null,
    usage: null,
    timings: null,
    createdAt: '',
  },
  ...fields,
});
const citation = (marker: number, quote: string) => ({
  ...{ marker, documentId: 'd', chunkId: 'k', title: 'Accord d’entreprise', page: 3, start: 0, end: 1, support: 1 },
  source: 'current' as const,
  quote,
});
const draw = (messages: readonly MessageView[], title = 'Congés') =>
  conversationPdf({ title }, messages, { locale: 'fr', now: NOW });

/** What a reader of the file sees, page by page. */
const pagesOf = async (file: Buffer): Promise<string[]> => {
  const pdfium = await PDFiumLibrary.init();
  const document = await pdfium.loadDocument(file);
  const pages = [...document.pages()].map((page) => page.getText().replaceAll(/\s+/g, ' '));
  document.destroy();
  pdfium.destroy();
  return pages;
};

describe('a conversation as PDF', () => {
  it('holds the newest branch with its quotes, to the letter', async () => {
    const quote = 'Les œuvres sociales : « 25 jours », soit 1 200 € – voir l’annexe.';
    const [page = '', ...others] = await pagesOf(
      await draw([
        message('Combien de jours ?', null, {}),
        message('Ancienne réponse', 'Combien de jours ?', { role: 'assistant' }),
        message('**25 jours** [2].', 'Combien de jours ?', {
          role: 'assistant',
          grounded: true,
          citations: [citation(2, quote)],
        }),
        message('Pourquoi ?', '**25 jours** [2].', {}),
        message('Je ne sais pas.', 'Pourquoi ?', { role: 'assistant' }),
      ]),
    );
    expect(others).toEqual([]);
    for (const text of [
      ...['Congés', 'Exporté de MY-IA le 15 janvier 2026', 'Combien de jours ?', '25 jours [2].', 'Sources'],
      ...['[2] Accord d’entreprise, p. 3', quote, 'Pourquoi ?', 'Réponse sans source vérifiée.', '1 / 1'],
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('Ancienne réponse');
    expect(page).not.toContain('**');
  });

  it('goes on over as many pages as it needs, each with its number', async () => {
    const answer = { role: 'assistant', grounded: true, citations: [citation(1, 'Mot '.repeat(120))] } as const;
    const messages = Array.from({ length: 40 }, (_, at) =>
      message(
        `${at}`,
        at === 0 ? null : `${at - 1}`,
        at % 2 === 0 ? {} : { ...answer, content: 'Phrase. '.repeat(80) },
      ),
    );
    const pages = await pagesOf(await draw(messages));
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((text, at) => expect(text).toContain(`${at + 1} / ${pages.length}`));
  });

  it.each([
    ['Ελληνικά и кириллица', 'Ελληνικά и кириллица'],
    ['emoji 😀 et 漢字', 'emoji'],
    ['x'.repeat(5_000), 'xxx'],
    ['', ''],
    ['مرحبا', ''],
  ])('draws whatever was written (%#)', async (content, expected) => {
    const [page = ''] = await pagesOf(await draw([message('q', null, { content })], content));
    expect(page).toContain(expected);
  });

  it('tells readers of the file its title, and nobody’s name', async () => {
    const file = (await draw([], 'Titre')).toString('latin1');
    const isTold = (text: string): boolean => file.includes(text);
    expect([isTold('(Titre)'), isTold('(MY-IA)'), isTold('/Author')]).toEqual([true, true, false]);
  });
});
