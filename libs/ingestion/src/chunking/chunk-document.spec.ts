import fc from 'fast-check';

import { type Chunk } from './chunk';
import { type ChunkableDocument, chunkDocument } from './chunk-document';
import { CHUNKING_STRATEGIES, DEFAULT_CHUNKING } from './chunking-options';
import { fingerprintOf } from './fingerprint';
import { estimateTokens } from './token-counter';

const documentOf = (text: string, headings: ChunkableDocument['headings'] = []): ChunkableDocument => ({
  text,
  headings,
  pages: [],
  language: 'fr',
});

/** Marks every line that begins with `# ` as a heading, as the Markdown extractor does. */
const withHeadings = (text: string): ChunkableDocument =>
  documentOf(
    text,
    Array.from(text.matchAll(/^(#{1,3}) (\S.*)$/gm), ({ 1: marks = '', 2: title = '', index }) => ({
      level: marks.length,
      start: index + marks.length + 1,
      end: index + marks.length + 1 + title.length,
    })),
  );

const expectSound = (document: ChunkableDocument, chunks: readonly Chunk[], maxTokens = DEFAULT_CHUNKING.maxTokens) => {
  let covered = 0;
  let lastStart = -1;
  chunks.forEach((chunk, index) => {
    expect(chunk.ordinal).toBe(index);
    expect(document.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    expect(chunk.text).toBe(chunk.text.trim());
    expect(chunk.text).not.toBe('');
    expect(chunk.start).toBeGreaterThan(lastStart);
    expect(chunk.tokenCount).toBe(estimateTokens(chunk.text));
    expect(chunk.tokenCount).toBeLessThanOrEqual(maxTokens);
    expect(document.text.slice(covered, Math.max(covered, chunk.start)).trim()).toBe('');
    lastStart = chunk.start;
    covered = Math.max(covered, chunk.end);
  });
  expect(document.text.slice(covered).trim()).toBe('');
};

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.lorem({ maxCount: 12, mode: 'sentences' }) },
  { weight: 2, arbitrary: fc.constantFrom('\n', '\n\n', ' ', '  \n \n', '\t', '\u00a0', '\u3000') },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 4 }).map((words) => `\n\n## ${words}\n\n`) },
  { weight: 1, arbitrary: fc.lorem({ maxCount: 3 }).map((words) => `\n# ${words}\n`) },
  {
    weight: 1,
    arbitrary: fc.array(fc.lorem({ maxCount: 5 })).map((rows) => rows.map((row) => `| ${row} |`).join('\n')),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.lorem({ maxCount: 9 })).map((items) => items.map((item) => `- ${item}`).join('\n')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 400 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '👩‍👩‍👧‍👦',
      'e\u0301\u0301\u0301',
      'شكرا جزيلا. ',
      '東京は日本の首都です。',
      '\ud800',
      '\udc00x',
      '```\n\n',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3_000 }).map((length) => 'x'.repeat(length)) },
);
const texts = fc.array(piece, { maxLength: 40, size: 'max' }).map((pieces) => pieces.join(' '));

describe('chunkDocument', () => {
  it.each(CHUNKING_STRATEGIES)('keeps offsets, order, coverage and size for any text (%s)', (strategy) => {
    fc.assert(
      fc.property(texts, (text) => {
        const document = withHeadings(text);
        expectSound(document, chunkDocument(document, { strategy }));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps them for any sizes, too', () => {
    const sizes = fc.record({
      strategy: fc.constantFrom(...CHUNKING_STRATEGIES),
      targetTokens: fc.integer({ min: 5, max: 200 }),
      maxTokens: fc.integer({ min: 8, max: 200 }),
      tinyTokens: fc.integer({ min: 0, max: 50 }),
      overlapSentences: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(texts, sizes, (text, options) => {
        const document = withHeadings(text);
        expectSound(document, chunkDocument(document, options), options.maxTokens);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same chunks each time', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(chunkDocument(withHeadings(text))).toEqual(chunkDocument(withHeadings(text)));
      }),
      { numRuns: 50 },
    );
  });

  it('never cuts inside a surrogate pair', () => {
    const chunks = chunkDocument(documentOf('😀'.repeat(5_000)));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.every(({ text }) => text.isWellFormed())).toBe(true);
  });

  it('never cuts a letter from its accents', () => {
    const letter = 'e\u0302\u0323';
    const chunks = chunkDocument(documentOf(letter.repeat(4_000)));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.every(({ text }) => text.length % letter.length === 0)).toBe(true);
  });

  it('makes no chunk of a text without letters', () => {
    expect(chunkDocument(documentOf(''))).toEqual([]);
    expect(chunkDocument(documentOf(' \n\t\u00a0\n\n'))).toEqual([]);
  });

  it('keeps a short text whole', () => {
    const place = { ordinal: 0, start: 2, end: 18, text: 'Une seule ligne.', headingPath: [] };
    expect(chunkDocument(documentOf('  Une seule ligne.\n'))).toEqual([
      { ...place, tokenCount: 4, language: 'fr', fingerprint: fingerprintOf('Une seule ligne.') },
    ]);
  });

  const sentence = (topic: string, index: number) =>
    `Phrase ${String(index)} qui parle longuement de ${topic} et de rien d’autre.`;
  const paragraph = (topic: string, count: number) =>
    Array.from({ length: count }, (_, index) => sentence(topic, index)).join(' ');

  it('fills chunks to between 350 and 512 tokens and ends each with a sentence', () => {
    const chunks = chunkDocument(documentOf(paragraph('congés', 300)), { strategy: 'recursive' });
    expect(chunks.length).toBeGreaterThan(5);
    for (const { tokenCount, text } of chunks) {
      expect(tokenCount).toBeGreaterThanOrEqual(350);
      expect(text).toMatch(/^Phrase .*d’autre\.$/s);
    }
  });

  it('comes to as much on average where the topic decides', () => {
    const chunks = chunkDocument(documentOf(paragraph('congés', 300)));
    const mean = chunks.reduce((sum, { tokenCount }) => sum + tokenCount, 0) / chunks.length;
    expect(mean).toBeGreaterThanOrEqual(350);
    expect(chunks.every(({ text }) => /^Phrase .*d’autre\.$/s.test(text))).toBe(true);
  });

  it('repeats the last sentence of the chunk before, and no more', () => {
    const [first, second] = chunkDocument(documentOf(paragraph('congés', 100)));
    const lastSentence = first!.text.slice(first!.text.lastIndexOf('Phrase'));
    expect(second!.text.startsWith(lastSentence)).toBe(true);
    expect(second!.start).toBe(first!.end - lastSentence.length);
  });

  it('repeats nothing when told so', () => {
    const [first, second] = chunkDocument(documentOf(paragraph('congés', 100)), { overlapSentences: 0 });
    expect(second!.start).toBeGreaterThanOrEqual(first!.end);
  });

  it('starts a new chunk at each section of some size, without overlap, under its own headings', () => {
    const document = withHeadings(
      `# Guide\n\n## Congés\n\n${paragraph('congés', 12)}\n\n## Paie\n\n${paragraph('paie', 12)}`,
    );
    const [leave, pay, ...rest] = chunkDocument(document);
    expect(rest).toEqual([]);
    expect(leave!.text).not.toContain('paie');
    expect(pay!.text).not.toContain('congés');
    expect(leave!.headingPath).toEqual(['Guide', 'Congés']);
    expect(pay!.headingPath).toEqual(['Guide', 'Paie']);
    expect(leave!.text).toMatch(/^# Guide\n\n## Congés/);
  });

  it('lets tiny sections under one parent share a chunk', () => {
    const faq = Array.from({ length: 6 }, (_, index) => `## Question ${String(index)}\n\nUne réponse brève.`).join(
      '\n\n',
    );
    const chunks = chunkDocument(withHeadings(`# FAQ\n\n${faq}`));
    expect(chunks).toHaveLength(1);
    expect(chunks[0]!.headingPath).toEqual(['FAQ']);
  });

  it('leaves no heading alone, however large the section it introduces', () => {
    const chunks = chunkDocument(
      withHeadings(`Version de mars.\n\n# Guide\n\n## Congés\n\n${paragraph('congés', 60)}\n\n## Fin`),
    );
    expect(chunks[0]!.text).toMatch(/^Version de mars\.\n\n# Guide\n\n## Congés\n\nPhrase 0/);
    expect(chunks.every(({ tokenCount }) => tokenCount > 100)).toBe(true);
    expect(chunks.map(({ headingPath }) => headingPath.join('/'))).toEqual(chunks.map(() => 'Guide/Congés'));
  });

  it('cuts tables between their rows', () => {
    const rows = Array.from(
      { length: 200 },
      (_, index) => `| Ligne ${String(index)} | ${String(index * 7)} euros | à payer |`,
    );
    const chunks = chunkDocument(documentOf(`| Nom | Montant | État |\n| --- | --- | --- |\n${rows.join('\n')}`));
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.every(({ text }) => text.startsWith('|') && text.endsWith('|'))).toBe(true);
  });

  it('tells each passage of a table what its columns are', () => {
    const rows = Array.from({ length: 200 }, (_, index) => `| Ligne ${String(index)} | ${String(index * 7)} euros |`);
    const table = `| Nom | Montant |\n| --- | --- |\n${rows.join('\n')}`;
    const [first, ...rest] = chunkDocument(withHeadings(`# Budget\n\n${table}\n\n${paragraph('paie', 60)}`));
    expect(first!.headingPath).toEqual(['Budget']);
    const [inTable, behind] = [true, false].map((within) => rest.filter(({ text }) => text.startsWith('|') === within));
    expect(inTable!.length).toBeGreaterThan(2);
    expect(inTable!.map(({ headingPath }) => headingPath.at(-1))).toEqual(inTable!.map(() => '| Nom | Montant |'));
    expect(behind!.map(({ headingPath }) => headingPath)).toEqual(behind!.map(() => ['Budget']));
  });

  it('ends passages where the topic shifts, without any paragraph to tell', () => {
    const topics = ['les congés payés', 'la piscine municipale', 'le moteur diesel', 'la recette du cassoulet'];
    const about = (topic: string) => Array.from({ length: 22 }, (_, index) => sentence(topic, index)).join(' ');
    const text = topics.map(about).join(' ');
    const chunks = chunkDocument(documentOf(text), { strategy: 'semantic', overlapSentences: 0 });
    const mixed = chunks.filter((chunk) => topics.filter((topic) => chunk.text.includes(topic)).length > 1);
    expect(chunks.length).toBeGreaterThanOrEqual(4);
    expect(mixed).toEqual([]);
    const blind = chunkDocument(documentOf(text), { strategy: 'recursive', overlapSentences: 0 });
    expect(blind.some((chunk) => topics.filter((topic) => chunk.text.includes(topic)).length > 1)).toBe(true);
  });

  it('makes each section of Markdown a passage of its own when asked to', () => {
    const faq = Array.from(
      { length: 6 },
      (_, index) =>
        `## Question ${String(index)}\n\nUne réponse qui tient en une seule phrase, assez longue pour compter.`,
    );
    const chunks = chunkDocument(withHeadings(`# FAQ\n\n${faq.join('\n\n')}`), { strategy: 'markdown' });
    expect(chunks.map(({ headingPath }) => headingPath.at(-1))).toEqual(
      faq.map((_, index) => `Question ${String(index)}`),
    );
  });

  it('cuts a sentence only when it alone is too long, and then after a clause', () => {
    const clause = 'le preneur s’engage à entretenir les lieux en bon père de famille';
    const chunks = chunkDocument(documentOf(`${Array.from({ length: 80 }, () => clause).join(', ')}.`));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.slice(0, -1).every(({ text }) => text.endsWith(','))).toBe(true);
  });

  it('names the page a chunk begins on', () => {
    const first = paragraph('congés', 60);
    const text = `${first}\n\n${paragraph('paie', 60)}`;
    const pages = [
      { page: 1, start: 0, end: first.length + 2 },
      { page: 2, start: first.length + 2, end: first.length + 2 },
      { page: 3, start: first.length + 2, end: text.length },
    ];
    const chunks = chunkDocument({ ...documentOf(text), pages });
    expect(chunks[0]!.page).toBe(1);
    expect(chunks.at(-1)!.page).toBe(3);
  });

  it('ignores headings whose offsets lie outside the text', () => {
    const document = documentOf('Court.', [{ level: 1, start: 3, end: 90 }]);
    expectSound(document, chunkDocument(document));
  });
});
