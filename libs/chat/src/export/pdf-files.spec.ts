import type { CitationView, MessageView } from '../message/message.view';
import { PdfFiles, pdfKey, type DrawnConversation } from './pdf-files';

const message = (fields: Partial<MessageView>): MessageView => ({
  ...{ id: 'a', parentId: null, conversationId: 'c', role: 'assistant', status: 'complete', content: '25 jours [1].' },
  ...{ grounded: true, unsupported: [], confidence: null, highlights: [] },
  ...{ provider: null, model: null, usage: null, timings: null, createdAt: '', sources: [] },
  citations: [
    {
      ...{ marker: 1, documentId: 'd', chunkId: 'k', title: 'Accord', page: 3, quote: 'Il est de 25 jours.' },
      ...{ start: 0, end: 19, support: 1, source: 'current' },
    },
  ],
  ...fields,
});
const cited = (fields: Partial<CitationView>): CitationView => Object.assign(message({}).citations[0]!, fields);
const drawn = (fields: Partial<DrawnConversation> = {}, of: Partial<MessageView> = {}): DrawnConversation => ({
  conversation: { title: 'Congés' },
  messages: [message(of)],
  locale: 'fr',
  now: new Date('2026-02-03T09:00:00Z'),
  ...fields,
});

describe('Files that were drawn', () => {
  it('are found again by all they show, and by nothing else', () => {
    const key = pdfKey(drawn());
    expect(pdfKey(drawn({ now: new Date('2026-02-03T18:00:00Z') }, { id: 'b', timings: null }))).toBe(key);
    const others = [
      drawn({ conversation: { title: 'Autre' } }),
      drawn({ locale: 'en' }),
      drawn({ now: new Date('2026-02-04T09:00:00Z') }),
      drawn({}, { content: '26 jours [1].' }),
      drawn({}, { grounded: false }),
      drawn({}, { citations: [] }),
      ...(['changed', 'withdrawn'] as const).map((source) => drawn({}, { citations: [cited({ source })] })),
      drawn({}, { citations: [cited({ title: 'Note' })] }),
    ].map(pdfKey);
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });

  it('are drawn once while they are kept, within so many bytes', async () => {
    const files = new PdfFiles(10);
    let drawings = 0;
    const get = (key: string, length = 4) =>
      files.get(key, () => Promise.resolve(Buffer.alloc(length, String((drawings += 1)))));
    expect(await get('a')).toBe(await get('a'));
    await get('b');
    await get('a');
    await get('c');
    expect(drawings).toBe(3);
    await get('a');
    expect(drawings).toBe(3);
    await get('b');
    expect(drawings).toBe(4);
    await get('large', 11);
    await get('large', 11);
    expect(drawings).toBe(6);
  });
});
