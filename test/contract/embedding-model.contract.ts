import type { EmbeddingModel } from '#libs/llm';

const norm = (vector: Float32Array): number => Math.hypot(...vector);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** What every adapter of EmbeddingModel promises. */
export const itEmbedsAsPromised = (make: () => Promise<EmbeddingModel> | EmbeddingModel): void => {
  it('names itself as provider and model', async () => {
    expect((await make()).id).toMatch(/^[a-z]+:.+$/);
  });

  it('returns one finite unit vector of its dimension per text, in order', async () => {
    const model = await make();
    const texts = Array.from({ length: 70 }, (_, at) => `Le texte numéro ${at} parle du sujet ${at * 7}.`);
    const together = await model.embed(texts, 'document');
    expect(together).toHaveLength(texts.length);
    for (const vector of together) {
      expect(vector).toHaveLength(model.dimension);
      expect(norm(vector)).toBeCloseTo(1, 5);
    }
    const [last] = await model.embed(texts.slice(-1), 'document');
    expect(cosine(last!, together.at(-1)!)).toBeCloseTo(1, 5);
  });

  it('embeds nothing as nothing', async () => {
    await expect((await make()).embed([], 'document')).resolves.toEqual([]);
  });

  it('embeds even a text without words', async () => {
    for (const vector of await (await make()).embed(['', ' ', '…', '👍'], 'document'))
      expect(norm(vector)).toBeCloseTo(1, 5);
  });

  it('brings a question nearer to the passage that shares its words', async () => {
    const model = await make();
    const [query] = await model.embed(['durée du préavis'], 'query');
    const passages = ['La durée du préavis est de trois mois.', 'Les tickets restaurant valent neuf euros.'];
    const [near, far] = await model.embed(passages, 'document');
    expect(cosine(query!, near!)).toBeGreaterThan(cosine(query!, far!));
  });

  it('is deterministic', async () => {
    const model = await make();
    const [first, second] = await model.embed(['la même phrase', 'la même phrase'], 'document');
    expect(Array.from(first!)).toEqual(Array.from(second!));
  });

  it('stops with a ModelUnavailableError when the caller has left', async () => {
    const model = await make();
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(model.embed(['un texte'], 'document', gone)).rejects.toMatchObject({
      code: 'llm.unavailable',
      reason: 'aborted',
    });
  });
};
