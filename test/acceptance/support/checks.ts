/** Collects verdicts and prints each at once, one line per statement. */
export class Checks {
  private passed = 0;
  private failed = 0;

  section(title: string): void {
    console.log(`\n== ${title}`);
  }

  /** A figure or an observation, no verdict. */
  note(text: string): void {
    console.log(`   ${text}`);
  }

  check(statement: string, holds: boolean, detail = ''): boolean {
    if (holds) this.passed += 1;
    else this.failed += 1;
    console.log(`${holds ? 'PASS' : 'FAIL'} ${statement}${detail === '' ? '' : `: ${detail}`}`);
    return holds;
  }

  skip(statement: string, reason: string): void {
    console.log(`SKIP ${statement}: ${reason}`);
  }

  /** Runs a scenario; one that breaks is one failure and leaves the others their turn. */
  async attempt(title: string, scenario: () => Promise<void>): Promise<void> {
    this.section(title);
    try {
      await scenario();
    } catch (error) {
      this.check(`${title} runs to its end`, false, error instanceof Error ? error.message : String(error));
    }
  }

  /** @returns the exit code */
  finish(): number {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
