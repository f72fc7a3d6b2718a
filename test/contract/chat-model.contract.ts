import type { ChatEvent, ChatModel, ChatRequest } from '#libs/llm';

const SOURCES = [
  {
    marker: 1,
    title: 'Convention collective',
    heading: 'Préavis',
    text: 'Le préavis de démission est de trois mois pour les cadres. Il se compte en jours calendaires.',
    score: 0.9,
  },
  { marker: 2, title: 'Livret', text: 'Les tickets restaurant valent neuf euros par jour travaillé.', score: 0.4 },
] as const;

const chatRequest = (signal?: AbortSignal): ChatRequest => ({
  turns: [
    { role: 'system', content: 'Answer from the sources.' },
    { role: 'user', content: SOURCES.map(({ marker, text }) => `[${marker}]\n${text}`).join('\n') },
  ],
  question: 'Quelle est la durée du préavis de démission ?',
  sources: SOURCES,
  locale: 'fr',
  signal,
});

const collect = async (events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> => {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

const textOf = (events: readonly ChatEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

/** What every adapter of ChatModel promises. */
export const itAnswersAsPromised = (make: () => ChatModel): void => {
  it('names its provider and model', () => {
    const { provider, model } = make();
    expect(provider).toMatch(/^[a-z]+$/);
    expect(model).not.toBe('');
  });

  it('streams text, then exactly one end', async () => {
    const events = await collect(make().stream(chatRequest()));
    expect(events.slice(0, -1).every(({ type }) => type === 'text')).toBe(true);
    expect(events.at(-1)?.type).toBe('end');
    expect(textOf(events)).toContain('trois mois pour les cadres. [1]');
  });

  it('answers several questions at once', async () => {
    const model = make();
    const answers = await Promise.all(Array.from({ length: 6 }, () => collect(model.stream(chatRequest()))));
    expect(new Set(answers.map(textOf)).size).toBe(1);
  });

  it('stops with a ModelUnavailableError when the caller leaves before or during the answer', async () => {
    const aborted = { code: 'llm.unavailable', reason: 'aborted' };
    await expect(collect(make().stream(chatRequest(AbortSignal.abort(new Error('gone')))))).rejects.toMatchObject(
      aborted,
    );
    const leaving = new AbortController();
    const reading = async () => {
      for await (const event of make().stream(chatRequest(leaving.signal))) if (event.type === 'text') leaving.abort();
    };
    await expect(reading()).rejects.toMatchObject(aborted);
  });
};
