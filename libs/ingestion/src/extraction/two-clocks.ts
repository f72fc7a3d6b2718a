/** Time that work may take, counted down while it runs. */
class Countdown {
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;

  constructor(
    private remainingMs: number,
    private readonly whenOver: () => void,
  ) {}

  start(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.whenOver, Math.max(0, this.remainingMs));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.remainingMs -= performance.now() - this.#startedAt;
  }
}

/**
 * Like a chess clock: parsing has its time, and recognizing the pictures met on the way has its own. Parsing begins at
 * once.
 */
export class TwoClocks {
  readonly #parsing: Countdown;
  readonly #recognition: Countdown;

  /** @param whenOver called when either has taken all its time, with the seconds it was given */
  constructor(parsingSeconds: number, recognitionSeconds: number, whenOver: (seconds: number) => void) {
    this.#parsing = new Countdown(parsingSeconds * 1_000, () => whenOver(parsingSeconds));
    this.#recognition = new Countdown(recognitionSeconds * 1_000, () => whenOver(recognitionSeconds));
    this.#parsing.start();
  }

  startRecognition(): void {
    this.#parsing.stop();
    this.#recognition.start();
  }

  endRecognition(): void {
    this.#recognition.stop();
    this.#parsing.start();
  }

  stop(): void {
    this.#parsing.stop();
    this.#recognition.stop();
  }
}
