export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;

/** @param p 0..1 */
export const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds of one call. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

export interface Pair {
  readonly ours: number[];
  readonly baseline: number[];
}

/**
 * Times two ways of doing the same, in turn, so that both see the same drift of the machine.
 * @returns milliseconds of each run; the first `warmUp` runs of both are not counted.
 */
export const inTurn = async (
  runs: number,
  ours: (run: number) => Promise<unknown>,
  baseline: (run: number) => Promise<unknown>,
  warmUp = 5,
): Promise<Pair> => {
  const result: Pair = { ours: [], baseline: [] };
  for (let run = 0; run < runs + warmUp; run++) {
    const pair = [await timed(() => ours(run)), await timed(() => baseline(run))] as const;
    if (run < warmUp) continue;
    result.ours.push(pair[0]);
    result.baseline.push(pair[1]);
  }
  return result;
};
