import { type Chunk } from './chunk';

const isRepeated = (title: string, heading: string | undefined): boolean =>
  heading?.trim().toLowerCase() === title.trim().toLowerCase();

/**
 * What is embedded for a chunk: the document's title and the headings it stands under, then its text. A paragraph seldom
 * names what it is about; its headings do. They are not stored in the chunk, so offsets and quotes stay exact.
 */
export const embeddingText = (title: string, chunk: Pick<Chunk, 'headingPath' | 'text'>): string => {
  const path = isRepeated(title, chunk.headingPath[0]) ? chunk.headingPath.slice(1) : chunk.headingPath;
  const prefix = [title.trim(), ...path].filter((part) => part !== '').join(' > ');
  return prefix === '' ? chunk.text : `${prefix}\n\n${chunk.text}`;
};
