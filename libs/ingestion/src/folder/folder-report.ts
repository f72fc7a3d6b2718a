import type { DomainError } from '#libs/kernel';

import type { LeftOut } from './walk-folder';

export type FileOutcome = 'added' | 'updated' | 'unchanged' | 'failed';

/** A file, or a folder with all that is in it, that could not be taken. */
export interface FailedFile {
  readonly name: string;
  /** Of the problem, as in the error catalogue. */
  readonly code: string;
  /** In English. */
  readonly reason: string;
}

/** What becomes of each entry of a folder, while an import goes on. */
export class FolderReport {
  readonly counts: Record<FileOutcome, number> = { added: 0, updated: 0, unchanged: 0, failed: 0 };
  readonly failed: FailedFile[] = [];
  readonly leftOut: { readonly name: string; readonly why: LeftOut }[] = [];

  constructor(private readonly onFile: (name: string, outcome: FileOutcome) => void = () => undefined) {}

  done(name: string, outcome: FileOutcome): void {
    this.counts[outcome] += 1;
    this.onFile(name, outcome);
  }

  fail(name: string, { code, definition }: DomainError): void {
    this.failed.push({ name, code, reason: definition.en.title });
    this.done(name, 'failed');
  }
}
