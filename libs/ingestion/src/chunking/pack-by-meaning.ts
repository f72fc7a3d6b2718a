import { type ChunkingOptions } from './chunking-options';
import { overlapTokens, packUnits, sumTokens, type UnitRun } from './pack-units';
import { topicShifts } from './topic-shifts';
import { type Unit } from './unit';

/**
 * Chosen on PIAF, articles rejoined one by one and twenty to a document (`npm run eval`): the gold answer is in the first
 * passage 3 points more often than with fixed sizes. Half or twice each of them changes that by less than one point.
 */
const WEIGHTS = {
  /** What the beginning of a paragraph adds to a place. */
  paragraph: 0.6,
  /** Of a cut in the middle of a topic, in units of a chunk of no size. */
  cut: 1.2,
  /** Of a chunk far under the target, and of one at the maximum. */
  tooSmall: 3,
  tooLarge: 0.3,
};

/** More units in one section than any book has sentences: that is no prose, and comparing all of them would take minutes. */
const MOST_UNITS = 20_000;

/** Prices of cuts and sizes; the cheapest way to cut is taken. */
class Prices {
  private readonly shifts: readonly number[];
  private readonly running: readonly number[];

  constructor(
    text: string,
    private readonly units: readonly Unit[],
    private readonly options: ChunkingOptions,
  ) {
    this.shifts = topicShifts(text, units);
    let sum = 0;
    this.running = [0, ...units.map(({ tokens }) => (sum += tokens))];
  }

  /** Tokens of a run, the sentence it repeats included; without it where both do not fit. */
  size(from: number, to: number): number {
    const own = (this.running[to] ?? 0) - (this.running[from] ?? 0);
    const repeated = overlapTokens(this.units, from, this.options);
    return own + repeated <= this.options.maxTokens ? own + repeated : own;
  }

  of(from: number, to: number): number {
    return this.ofCut(from) + this.ofSize(this.size(from, to));
  }

  private ofCut(place: number): number {
    if (place === 0) return 0;
    const shift = this.shifts[place] ?? 0;
    const paragraph = this.units[place]?.opensParagraph === true ? WEIGHTS.paragraph : 0;
    return WEIGHTS.cut * (1 - Math.min(1, shift + paragraph));
  }

  private ofSize(size: number): number {
    const { targetTokens, maxTokens } = this.options;
    if (size < targetTokens) return WEIGHTS.tooSmall * ((targetTokens - size) / targetTokens) ** 2;
    return WEIGHTS.tooLarge * ((size - targetTokens) / Math.max(1, maxTokens - targetTokens)) ** 2;
  }
}

/** The cheapest way to cut, by dynamic programming: a run has at most `maxTokens`, so this takes linear time. */
class CheapestCuts {
  private readonly cheapest: Float64Array;
  private readonly beginning: Int32Array;

  constructor(
    private readonly count: number,
    private readonly prices: Prices,
    maxTokens: number,
  ) {
    this.cheapest = new Float64Array(count + 1).fill(Infinity);
    this.beginning = new Int32Array(count + 1);
    this.cheapest[0] = 0;
    for (let from = 0; from < count; from += 1) this.extend(from, maxTokens);
  }

  /** Where the chunks end, in order. */
  get ends(): number[] {
    const ends: number[] = [];
    for (let end = this.count; end > 0; end = this.beginning[end] ?? 0) ends.push(end);
    return ends.reverse();
  }

  /** Tries every chunk that begins here. A unit too large to stand with any other stands alone. */
  private extend(from: number, maxTokens: number): void {
    this.offer(from, from + 1);
    for (let to = from + 2; to <= this.count && this.prices.size(from, to) <= maxTokens; to += 1) this.offer(from, to);
  }

  private offer(from: number, to: number): void {
    const price = (this.cheapest[from] ?? Infinity) + this.prices.of(from, to);
    if (price >= (this.cheapest[to] ?? Infinity)) return;
    this.cheapest[to] = price;
    this.beginning[to] = from;
  }
}

/**
 * Packs the units of one group into runs of about the target size that end where the topic shifts most, each beginning
 * with the last sentence of the one before where there is room for it.
 */
export const packByMeaning = (text: string, units: readonly Unit[], options: ChunkingOptions): readonly UnitRun[] => {
  if (units.length === 0) return [];
  if (sumTokens(units) <= options.maxTokens) return [{ from: 0, to: units.length }];
  if (units.length > MOST_UNITS) return packUnits(units, options);
  const prices = new Prices(text, units, options);
  const { ends } = new CheapestCuts(units.length, prices, options.maxTokens);
  return ends.map((to, index) => {
    const from = ends[index - 1] ?? 0;
    const own = sumTokens(units.slice(from, to));
    return { from: prices.size(from, to) > own ? from - 1 : from, to };
  });
};
