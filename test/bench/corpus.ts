/** Small words at the top of every French frequency list: language detection and stop words see real French. */
const FREQUENT =
  'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la elle avec son aux ou cette sa leur mais comme ses nous tout ont entre deux peut aussi même fait après bien sans être sous'.split(
    ' ',
  );
const STARTS = 'con pré dé ré in com pro trans sur en al ac dis ex im per sub inter ob ad'.split(' ');
const MIDDLES = 'ser ten vo pli mar lec dur por tor cep gra mon ver gis cul tra for mi sti fer'.split(' ');
const ENDS = 'tion ment eur ité age ence ible able if ive ant oire aire esse ure el eux al ique er'.split(' ');

/** The exponent natural language is near to (Zipf). */
const ZIPF_EXPONENT = 1;
const WORDS_PER_DOCUMENT = 11_000;
const WORDS_OF_A_QUESTION = 6;

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
};

const vocabulary = (): string[] => [
  ...FREQUENT,
  ...STARTS.flatMap((start) => MIDDLES.flatMap((middle) => ENDS.map((end) => start + middle + end))).sort(
    (a, b) => hash(a) - hash(b),
  ),
];

/** Mixes the order: neighbours in rank must not look alike. */
const hash = (word: string): number => {
  let value = 7;
  for (const letter of word) value = Math.imul(value ^ letter.charCodeAt(0), 16_777_619);
  return value >>> 0;
};

/** Text that is long, French-looking and the same in every run: words follow Zipf's law, sentences and headings are real. */
export class Corpus {
  private readonly words = vocabulary();
  private readonly cumulated: number[] = [];

  constructor() {
    let sum = 0;
    for (let rank = 1; rank <= this.words.length; rank++) this.cumulated.push((sum += 1 / rank ** ZIPF_EXPONENT));
  }

  /** One Markdown document of some 40 chunks. */
  document(number: number): string {
    const random = seeded(number);
    const parts = [`# Procédure ${number}`];
    for (let words = 0, paragraph = 0; words < WORDS_PER_DOCUMENT; paragraph++) {
      if (paragraph % 6 === 0) parts.push(`## ${capitalized(this.run(random, 4).join(' '))}`);
      const sentences = Array.from({ length: 3 + Math.floor(random() * 4) }, () =>
        this.run(random, 8 + Math.floor(random() * 16)),
      );
      words += sentences.reduce((sum, { length }) => sum + length, 0);
      parts.push(sentences.map((sentence) => `${capitalized(sentence.join(' '))}.`).join(' '));
    }
    return parts.join('\n\n');
  }

  /** A question in words of the corpus. */
  question(number: number): string {
    return `Que dit la procédure ${number} sur ${this.run(seeded(10_000 + number), WORDS_OF_A_QUESTION).join(' ')} ?`;
  }

  private run(random: () => number, length: number): string[] {
    return Array.from({ length }, () => this.word(random));
  }

  /** By binary search of a random share of all occurrences. */
  private word(random: () => number): string {
    const wanted = random() * (this.cumulated.at(-1) ?? 1);
    let low = 0;
    let high = this.cumulated.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cumulated[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.words[low] ?? '';
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
