import type { LivePassage } from '../../libs/retrieval/src/search/live-passages';

/** A passage as the database gives it, for pure tests. */
export const passage = (key: string, own: Partial<LivePassage> = {}): LivePassage => ({
  key,
  chunkId: `chunk-${key}`,
  documentId: `document-${key}`,
  collectionId: 'collection',
  title: 'Document',
  page: null,
  headingPath: [],
  start: 0,
  end: own.text?.length ?? 0,
  text: '',
  ...own,
});
