/** A file made to harm whoever reads it. */
export interface HostileFile {
  /** What it is, in words. */
  readonly title: string;
  readonly filename: string;
  /** @param address of a server on loopback that nobody may visit, with a slash at its end */
  readonly make: (address: string) => Buffer;
  /** `ready`, or the codes it may be refused or fail with. */
  readonly outcomes: readonly string[];
}

export const TOO_COMPLEX = 'document.too_complex';
export const CORRUPT = 'document.corrupt';
export const UNSUPPORTED = 'document.unsupported_type';
export const EMPTY = 'document.empty';
export const TIMEOUT = 'document.extraction_timeout';
export const TEXT_TOO_LARGE = 'document.text_too_large';
export const NEEDS_OCR = 'document.needs_ocr';
export const READY = 'ready';
