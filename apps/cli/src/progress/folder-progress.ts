import { Presets, SingleBar } from 'cli-progress';

import type { FileOutcome } from '#libs/ingestion';

/** Shows how far the import of a folder is. */
export interface FolderProgress {
  start(files: number): void;
  file(name: string, outcome: FileOutcome): void;
  end(): void;
}

/** A file's name as a terminal may be sent it: an escape sequence in it would be obeyed. */
export const printable = (name: string): string => name.replace(/\p{C}/gu, '\u{fffd}');

const lines: FolderProgress = {
  start: () => undefined,
  file: (name, outcome) => {
    console.log(`${outcome.padEnd(9)} ${printable(name)}`);
  },
  end: () => undefined,
};

const FORMAT = '{bar} {value}/{total} files, {eta_formatted} left | {name}';

const bar = (stream: NodeJS.WriteStream): FolderProgress => {
  const shown = new SingleBar({ format: FORMAT, stream, hideCursor: true, barsize: 30 }, Presets.shades_classic);
  return {
    start: (files) => {
      shown.start(files, 0, { name: '' });
    },
    file: (name) => {
      shown.increment({ name: printable(name) });
    },
    end: () => {
      shown.stop();
    },
  };
};

/** A bar where somebody watches, and a line per file where it is written down. */
export const folderProgress = (stream: NodeJS.WriteStream): FolderProgress => (stream.isTTY ? bar(stream) : lines);
