/** One measured figure against the least it must be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly atLeast: number;
}

const NAME_WIDTH = 64;
const isMet = ({ value, atLeast }: Figure): boolean => value >= atLeast;

/** Prints each figure as soon as it is known, and counts those that miss their goal. */
export class FigureReport {
  private missed = 0;

  section(title: string): void {
    console.log(`\n${title}`);
  }

  note(text: string): void {
    console.log(`  ${text}`);
  }

  add(figure: Figure): void {
    const verdict = isMet(figure) ? 'met' : 'MISSED';
    if (!isMet(figure)) this.missed += 1;
    console.log(
      `  ${figure.name.padEnd(NAME_WIDTH)} ${figure.value.toFixed(3)}  goal >= ${figure.atLeast.toFixed(2)}: ${verdict}`,
    );
  }

  /** @returns the exit code */
  finish(): number {
    console.log(`\n${this.missed === 0 ? 'Every goal is met.' : `${this.missed} goals missed.`}`);
    return this.missed === 0 ? 0 : 1;
  }
}
