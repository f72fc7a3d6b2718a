import { analyze } from '#libs/text';

const K1 = 1.2;
const B = 0.75;

/** BM25 over titles and texts, nothing else: enough to stand for retrieval where something else is measured. */
export class PlainBm25<Text extends { readonly title: string; readonly text: string }> {
  private readonly postings = new Map<string, [place: number, count: number][]>();
  private readonly lengths: number[] = [];
  private readonly mean: number;

  constructor(
    private readonly texts: readonly Text[],
    private readonly language: string,
  ) {
    for (const [place, { title, text }] of texts.entries()) this.add(place, `${title}\n${text}`);
    this.mean = this.lengths.reduce((sum, length) => sum + length, 0) / this.lengths.length;
  }

  readonly idf = (term: string): number => {
    const frequency = this.postings.get(term)?.length ?? 0;
    return Math.log(1 + (this.texts.length - frequency + 0.5) / (frequency + 0.5));
  };

  /** The best texts for a question, best first. */
  search(question: string, limit: number): { readonly text: Text; readonly score: number }[] {
    const scores = new Map<number, number>();
    for (const term of new Set(analyze(question, this.language))) {
      for (const [place, count] of this.postings.get(term) ?? []) {
        const length = (this.lengths[place] ?? 0) / this.mean;
        const saturation = (count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
        scores.set(place, (scores.get(place) ?? 0) + this.idf(term) * saturation);
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit)
      .flatMap(([place, score]) => [this.texts[place]].flatMap((text) => (text ? [{ text, score }] : [])));
  }

  private add(place: number, text: string): void {
    const terms = analyze(text, this.language);
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    this.lengths.push(terms.length);
    for (const [term, count] of counts) {
      const list = this.postings.get(term) ?? [];
      list.push([place, count]);
      this.postings.set(term, list);
    }
  }
}
