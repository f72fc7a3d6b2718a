import type { MessageView } from '../message/message.view';
import { conversationMarkdown } from './conversation-markdown';

const message = (id: string, parentId: string | null, fields: Partial<MessageView>): MessageView => ({
  ...{ id, parentId, conversationId: 'c', role: 'user', status: 'complete', content: id, citations: [], sources: [] },
  ...{ grounded: false, provider: null, model: null, usage: null, timings: null, createdAt: '' },
  ...fields,
});
const CITATION = {
  marker: 2,
  documentId: 'd',
  chunkId: 'k',
  title: 'Accord',
  page: 3,
  quote: 'Il est\nde 25 jours.',
  start: 0,
  end: 19,
  support: 1,
};

describe('a conversation as Markdown', () => {
  it('holds the newest branch with its quotes', () => {
    const messages = [
      message('Combien ?', null, {}),
      message('Ancienne réponse', 'Combien ?', { role: 'assistant' }),
      message('25 jours [2].', 'Combien ?', { role: 'assistant', grounded: true, citations: [CITATION] }),
      message('Pourquoi ?', '25 jours [2].', {}),
      message('Je ne sais pas.', 'Pourquoi ?', { role: 'assistant' }),
    ];
    expect(conversationMarkdown({ title: 'Congés' }, messages, 'fr')).toBe(
      [
        ...['# Congés', '## Combien ?', '25 jours [2].', '**Sources**', '- [2] Accord, p. 3\n  > Il est de 25 jours.'],
        ...['## Pourquoi ?', 'Je ne sais pas.', '*Réponse sans source vérifiée.*\n'],
      ].join('\n\n'),
    );
  });

  it('of nothing is its title', () => {
    expect(conversationMarkdown({ title: '' }, [], 'en')).toBe('# Conversation\n');
  });
});
