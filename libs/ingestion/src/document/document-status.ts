/** How far a document has come. `queued` also while it waits for another attempt. */
export const DOCUMENT_STATUSES = ['queued', 'extracting', 'chunking', 'embedding', 'ready', 'failed'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** Nothing more happens until somebody asks for it. */
export const isFinalStatus = (status: DocumentStatus): boolean => status === 'ready' || status === 'failed';
