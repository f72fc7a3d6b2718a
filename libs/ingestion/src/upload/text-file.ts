import type { IncomingFile } from './receive-file';

/** A text somebody typed, as the file it will be kept as. */
export const textFile = (title: string, text: string): IncomingFile => ({
  // A title may hold slashes; as part of a file name they would read as folders.
  filename: `${title.replaceAll(/[/\\]/g, '-')}.txt`,
  title: title.trim(),
  content: (async function* () {
    yield await Promise.resolve(Buffer.from(text, 'utf8'));
  })(),
});

/** One file where several may come. */
export async function* only(file: IncomingFile): AsyncIterable<IncomingFile> {
  yield await Promise.resolve(file);
}
