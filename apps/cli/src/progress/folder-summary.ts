import type { FolderImportResult } from '#libs/ingestion';

import { printable } from './folder-progress';

const LEFT_OUT = { hidden: 'hidden', link: 'links', format: 'of other formats', special: 'no files' } as const;

const leftOutLine = ({ leftOut }: FolderImportResult): string[] => {
  const counts = Object.entries(Object.groupBy(leftOut, ({ why }) => LEFT_OUT[why]));
  if (counts.length === 0) return [];
  return [`Left out: ${counts.map(([why, entries]) => `${entries.length} ${why}`).join(', ')}.`];
};

/** What became of a folder, for people: figures, and every failure with its reason. */
export const summaryOf = (result: FolderImportResult): string[] => {
  const { added, updated, unchanged, removed, failed, failures, wasInterrupted } = result;
  return [
    `${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed, ${failed} failed.`,
    ...leftOutLine(result),
    ...failures.map(({ name, code, reason }) => `Failed: ${printable(name)} (${code}: ${reason})`),
    ...(wasInterrupted ? ['Interrupted. The same command goes on from here.'] : []),
  ];
};
