import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';

/** Starts a log afresh; the previous one stays beside it as `.1`, so the reason of a crash survives the restart. */
export const rotateLog = (file: string): void => {
  if (existsSync(file)) renameSync(file, `${file}.1`);
  closeSync(openSync(file, 'a', 0o600));
};

export const readLog = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The last line that says why a server ended, for a message of one line. */
export const lastComplaint = (file: string): string => {
  const lines = readLog(file)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.findLast((line) => /FATAL|PANIC|error|not available/i.test(line)) ?? lines.at(-1) ?? '';
};
