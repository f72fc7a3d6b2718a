/** Those who wait for an answer: when the last of them has left and none comes back in time, nobody needs it. */
export class Audience {
  private waiting = 0;
  private isPatient: boolean;
  private deserted: NodeJS.Timeout | undefined;

  /** @param graceMs milliseconds after the last has left; undefined for ever */
  constructor(
    private readonly graceMs: number | undefined,
    private readonly onDeserted: () => void,
  ) {
    this.isPatient = graceMs === undefined;
  }

  /** @returns to be called when the one who joined leaves; a second call changes nothing */
  join(): () => void {
    this.waiting += 1;
    clearTimeout(this.deserted);
    let isHere = true;
    return () => {
      if (isHere) this.leave();
      isHere = false;
    };
  }

  /** Nobody has to stay from now on. */
  dismiss(): void {
    this.isPatient = true;
    clearTimeout(this.deserted);
  }

  private leave(): void {
    this.waiting -= 1;
    if (this.waiting > 0 || this.isPatient) return;
    this.deserted = setTimeout(this.onDeserted, this.graceMs).unref();
  }
}
