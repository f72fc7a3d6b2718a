import type { MessageView } from '../message/message.view';
import { conversationMarkdown } from './conversation-markdown';

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
  source: 'current',
} as const;

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

  it('says of a quote when its source has changed or is gone', () => {
    const citing = (source: 'changed' | 'withdrawn') => [
      message('Combien ?', null, {}),
      message('25 jours [2].', 'Combien ?', {
        role: 'assistant',
        grounded: true,
        citations: [{ ...CITATION, source }],
      }),
    ];
    expect(conversationMarkdown({ title: '' }, citing('withdrawn'), 'fr')).toContain(
      'Accord, p. 3 (source retirée depuis)',
    );
    expect(conversationMarkdown({ title: '' }, citing('changed'), 'en')).toContain(
      'Accord, p. 3 (source changed since)',
    );
  });

  it('of nothing is its title', () => {
    expect(conversationMarkdown({ title: '' }, [], 'en')).toBe('# Conversation\n');
  });
});
