/** One line of the report: ours against the least anybody could do with the same servers. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly baseline?: string;
  /** ours / baseline; absent for an absolute figure. */
  readonly ratio?: number;
  readonly goal?: Goal;
}

export interface Goal {
  readonly text: string;
  readonly isMet: boolean;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Lines under the rows. */
  readonly notes?: readonly string[];
}

const HEADINGS = ['', 'ours', 'baseline', 'ratio', 'goal'];

const goalText = (goal: Goal | undefined): string => (goal ? `${goal.text}: ${goal.isMet ? 'met' : 'MISSED'}` : '');

const cellsOf = ({ name, ours, baseline, ratio, goal }: Row): string[] => [
  name,
  ours,
  baseline ?? '',
  ratio === undefined ? '' : ratio.toFixed(2),
  goalText(goal),
];

/** Figures stand right, words left. */
const line = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, at) => (at === 0 || at === 4 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
    .join('  ')
    .trimEnd();

/** The whole report as aligned text. */
export const render = (sections: readonly Section[]): string => {
  const table = sections.map(({ rows }) => rows.map(cellsOf));
  const all = [HEADINGS, ...table.flat()];
  const widths = HEADINGS.map((_heading, at) => Math.max(...all.map((cells) => (cells[at] ?? '').length)));
  const blocks = sections.map(({ title, notes = [] }, at) => [
    title,
    ...(table[at] ?? []).map((cells) => `  ${line(cells, widths)}`),
    ...notes.map((note) => `    ${note}`),
  ]);
  return [`  ${line(HEADINGS, widths)}`, ...blocks.flat()].join('\n');
};

export const missed = (sections: readonly Section[]): Row[] =>
  sections.flatMap(({ rows }) => rows).filter(({ goal }) => goal?.isMet === false);
