import {
  CorruptDocumentError,
  DocumentNeedsOcrError,
  DocumentTooComplexError,
  ExtractionTimeoutError,
} from '../extraction.errors';
import { parseHocr } from './parse-hocr';
import { type ProgramBounds, type ProgramOutcome, runProgram } from './run-program';
import { type Picture, type RecognizedPage, TextRecognizer } from './text-recognizer';

const MIB = 1024 * 1024;
/** A dense A4 page at 300 dpi takes about 4 s and 200 MiB on one core of a server. */
const DEFAULT_BOUNDS: ProgramBounds = { seconds: 60, memoryBytes: 1_536 * MIB, outputBytes: 32 * MIB };
const WANTED_LANGUAGES = ['fra', 'eng'] as const;

/** What Leptonica, tesseract's picture library, knows by these first bytes. Anything else tesseract takes for a list of file names. */
const SIGNATURES = ['89504e470d0a1a0a', 'ffd8ff', '49492a00', '4d4d002a', '424d', '5035'] as const;
const isPicture = (bytes: Uint8Array): boolean => {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  return SIGNATURES.some((signature) => start.startsWith(signature)) || /^52494646.{8}57454250$/.test(start);
};

export interface TesseractOptions extends Partial<ProgramBounds> {
  /** Name or path of the program. */
  readonly program?: string;
}

/** Tesseract 4 or newer (Debian packages `tesseract-ocr`, `tesseract-ocr-fra`), one short-lived process per page. */
export class TesseractRecognizer extends TextRecognizer {
  readonly #program: string;
  readonly #bounds: ProgramBounds;
  #languages: string | undefined;

  constructor({ program = 'tesseract', ...bounds }: TesseractOptions = {}) {
    super();
    this.#program = program;
    this.#bounds = { ...DEFAULT_BOUNDS, ...bounds };
  }

  override async recognize(
    { bytes, dpi }: Picture,
    signal = new AbortController().signal,
  ): Promise<readonly RecognizedPage[]> {
    const languages = await this.#installedLanguages(signal);
    if (!isPicture(bytes)) throw new CorruptDocumentError();
    const resolution = dpi === undefined ? [] : ['--dpi', String(Math.round(dpi))];
    const args = ['stdin', 'stdout', '-l', languages, ...resolution, 'hocr'];
    return parseHocr(this.#outputOf(await runProgram(this.#program, args, bytes, this.#bounds, signal)));
  }

  /** Asked again until there are some, so that installing the program needs no restart. */
  async #installedLanguages(signal: AbortSignal): Promise<string> {
    this.#languages ??= await this.#findLanguages(signal);
    if (this.#languages === undefined) throw new DocumentNeedsOcrError();
    return this.#languages;
  }

  async #findLanguages(signal: AbortSignal): Promise<string | undefined> {
    const outcome = await runProgram(this.#program, ['--list-langs'], new Uint8Array(), this.#bounds, signal);
    const installed = outcome.ended === 'normally' ? outcome.output.split(/\s+/) : [];
    const usable = WANTED_LANGUAGES.filter((language) => installed.includes(language));
    return usable.length === 0 ? undefined : usable.join('+');
  }

  #outputOf(outcome: ProgramOutcome): string {
    switch (outcome.ended) {
      case 'normally':
        if (outcome.exitCode !== 0) throw new CorruptDocumentError();
        return outcome.output;
      case 'not found':
        this.#languages = undefined;
        throw new DocumentNeedsOcrError();
      case 'too late':
        throw new ExtractionTimeoutError({ seconds: this.#bounds.seconds });
      default:
        throw new DocumentTooComplexError();
    }
  }
}
