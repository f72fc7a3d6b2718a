/** Characters a name may have on every file system that matters, with room for a suffix of ours (ext4 and NTFS: 255). */
const MAX_LENGTH = 200;
const MAX_EXTENSION_LENGTH = 12;
const NAMELESS = 'document';

/**
 * Controls, zero-width and bidirectional marks (Unicode TR 36, 2.7: `gpj.exe` must not read as `exe.jpg`), tag characters,
 * line and paragraph separators, private use and lone surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

const shorten = (name: string): string => {
  const characters = Array.from(name);
  if (characters.length <= MAX_LENGTH) return name;
  const dot = characters.lastIndexOf('.');
  const extension = dot > 0 && characters.length - dot <= MAX_EXTENSION_LENGTH ? characters.slice(dot) : [];
  return [...characters.slice(0, MAX_LENGTH - extension.length), ...extension].join('');
};

/**
 * The name of an uploaded file as people will see it: without path, controls, invisible or reordering characters, of
 * bounded length, never empty. It is for display; no path is ever made of it.
 */
export const safeFilename = (name: string): string => {
  const lastPart = name.split(/[/\\]/).findLast((part) => part.replace(UNSAFE, '').trim() !== '') ?? '';
  const clean = lastPart.toWellFormed().normalize('NFC').replace(UNSAFE, '').replace(/\s+/g, ' ').trim();
  return /^\.*$/.test(clean) ? NAMELESS : shorten(clean);
};

/** A title to begin with: the name without its extension. The file's own title replaces it after extraction. */
export const titleFromFilename = (filename: string): string => filename.replace(/(?<=.)\.[^.\s]{1,12}$/, '');
