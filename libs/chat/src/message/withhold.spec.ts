import { MessageEntity } from './message.entity';
import { documentsOf, restsOnReadable, withhold } from './withhold';

const place = (documentId: string) => ({
  marker: 1,
  documentId,
  chunkId: documentId,
  title: documentId,
  start: 0,
  end: 1,
});

const answer = (cited: readonly string[], found: readonly string[]): MessageEntity =>
  Object.assign(new MessageEntity(), {
    content: 'Le secret.',
    grounded: true,
    citations: cited.map((id) => ({ ...place(id), quote: 'Le secret', support: 1 })),
    sources: found.map((id) => ({ ...place(id), score: 1 })),
  });

describe('withhold', () => {
  it('leaves an answer whose documents may all be read as it is', () => {
    const message = withhold(answer(['a'], ['a', 'b']), new Set(['a', 'b']), 'fr');
    expect(message).toEqual(answer(['a'], ['a', 'b']));
  });

  it('leaves out of the sources what was found, not cited, and may no longer be read', () => {
    const message = withhold(answer(['a'], ['a', 'b']), new Set(['a']), 'fr');
    expect(message).toEqual(answer(['a'], ['a']));
  });

  it.each([
    ['fr', 'ne pouvez plus lire'],
    ['en', 'may no longer read'],
  ] as const)('tells in place of an answer that cites what may no longer be read: %s', (locale, words) => {
    const message = withhold(answer(['a', 'b'], ['a', 'b']), new Set(['a']), locale);
    expect(message).toMatchObject({ isWithheld: true, citations: [], sources: [{ documentId: 'a' }], grounded: false });
    expect(message.content).toContain(words);
  });

  it('trusts an answer that cites nothing only as far as all it was given', () => {
    expect(restsOnReadable(answer([], ['a', 'b']), new Set(['a']))).toBe(false);
    expect(restsOnReadable(answer([], ['a', 'b']), new Set(['a', 'b']))).toBe(true);
  });

  it('never withholds a question', () => {
    expect(restsOnReadable(answer([], []), new Set())).toBe(true);
  });

  it('names every document an answer speaks of', () => {
    expect(documentsOf(answer(['a'], ['a', 'b']))).toEqual(['a', 'a', 'b']);
  });
});
