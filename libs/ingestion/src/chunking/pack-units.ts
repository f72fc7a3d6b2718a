import { type ChunkingOptions } from './chunking-options';
import { type Unit } from './unit';

/** A run of units, `to` exclusive, that becomes one chunk. */
export interface UnitRun {
  readonly from: number;
  readonly to: number;
}

export const sumTokens = (units: readonly Unit[]): number => units.reduce((sum, { tokens }) => sum + tokens, 0);

/** Equal shares instead of full chunks and a scrap at the end. */
const evenTarget = (units: readonly Unit[], { targetTokens, maxTokens }: ChunkingOptions): number => {
  const total = sumTokens(units);
  if (total <= maxTokens) return maxTokens;
  return Math.min(targetTokens, total / Math.ceil(total / targetTokens));
};

/** A paragraph's end is worth a chunk this much smaller than its share. */
const PARAGRAPH_SHARE = 0.85;

const isFull = (tokens: number, next: Unit, target: number, maxTokens: number): boolean => {
  if (tokens + next.tokens > maxTokens) return true;
  return tokens >= (next.opensParagraph ? target * PARAGRAPH_SHARE : target);
};

/**
 * The first unit of the next chunk, going back over sentences to repeat. Never as far as the chunk's own start, so that
 * each chunk begins after the one before.
 */
const overlapFrom = (units: readonly Unit[], { from, to }: UnitRun, options: ChunkingOptions): number => {
  const room = Math.min(options.maxOverlapTokens, options.maxTokens - (units[to]?.tokens ?? 0));
  const earliest = Math.max(from + 1, to - options.overlapSentences);
  let tokens = 0;
  let start = to;
  for (const unit of units.slice(earliest, to).reverse()) {
    tokens += unit.tokens;
    if (!unit.isSentence || tokens > room) break;
    start -= 1;
  }
  return start;
};

/** The first unit that no longer belongs to the chunk beginning at `from`; units before `fresh` are repeated ones. */
const endOf = (units: readonly Unit[], from: number, fresh: number, target: number, maxTokens: number): number => {
  let tokens = 0;
  let to = from;
  for (let unit = units[to]; unit !== undefined; unit = units[to]) {
    if (to > fresh && isFull(tokens, unit, target, maxTokens)) break;
    tokens += unit.tokens;
    to += 1;
  }
  return to;
};

/** A scrap at the end goes into the chunk before, where it fits: it would be found for its one sentence only. */
const withoutScrap = (
  units: readonly Unit[],
  runs: readonly UnitRun[],
  options: ChunkingOptions,
): readonly UnitRun[] => {
  const [before, last] = runs.slice(-2);
  if (!before || !last || sumTokens(units.slice(before.to, last.to)) >= options.tinyTokens) return runs;
  if (sumTokens(units.slice(before.from, last.to)) > options.maxTokens) return runs;
  return [...runs.slice(0, -2), { from: before.from, to: last.to }];
};

/** Tokens of the sentence that a run beginning at `from` may repeat; 0 when there is none, or it is too long. */
export const overlapTokens = (
  units: readonly Unit[],
  from: number,
  { overlapSentences, maxOverlapTokens }: ChunkingOptions,
): number => {
  const before = units[from - 1];
  if (overlapSentences === 0 || before?.isSentence !== true) return 0;
  return before.tokens <= maxOverlapTokens ? before.tokens : 0;
};

/** Packs the units of one group into runs near the target size, each beginning with the last sentence of the one before. */
export const packUnits = (units: readonly Unit[], options: ChunkingOptions): readonly UnitRun[] => {
  const target = evenTarget(units, options);
  const runs: UnitRun[] = [];
  let from = 0;
  for (let fresh = 0; fresh < units.length;) {
    const to = endOf(units, from, fresh, target, options.maxTokens);
    const run = { from, to };
    runs.push(run);
    fresh = to;
    from = overlapFrom(units, run, options);
  }
  return withoutScrap(units, runs, options);
};
