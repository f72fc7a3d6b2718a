import type { DocumentEntity } from '../document/document.entity';

/** The documents of a collection as an import finds them, and which of them its files still stand for. */
export class KnownDocuments {
  private readonly byHash: ReadonlyMap<string, DocumentEntity>;
  /** Names nobody has spoken of yet. Several of one name: an import that was interrupted had not removed the former one. */
  private readonly byName: Map<string, readonly DocumentEntity[]>;
  private readonly kept = new Set<string>();
  private readonly superseded: DocumentEntity[] = [];

  constructor(documents: readonly DocumentEntity[]) {
    this.byHash = new Map(documents.map((document) => [document.contentHash, document]));
    this.byName = Map.groupBy(documents, ({ filename }) => filename);
  }

  /** The document that holds these bytes already. One that failed is to be tried again, and so is not meant. */
  holding(contentHash: string): DocumentEntity | undefined {
    const found = this.byHash.get(contentHash);
    return found?.status === 'failed' ? undefined : found;
  }

  /** The file of this name is in this document now. @returns whether it was in others only */
  keep(name: string, documentId: string): boolean {
    const former = this.byName.get(name) ?? [];
    this.byName.delete(name);
    this.kept.add(documentId);
    this.superseded.push(...former);
    return former.length > 0 && !former.some(({ id }) => id === documentId);
  }

  /** Nothing can be said of this file, or of any file of this folder: what is known of it stays. */
  spare(name: string): void {
    for (const known of this.byName.keys()) {
      if (known === name || (name.endsWith('/') && known.startsWith(name))) this.byName.delete(known);
    }
  }

  /** Whose file has other bytes now. Ask at the end only: another file may have been given their bytes. */
  replaced(): DocumentEntity[] {
    return this.superseded.filter(({ id }) => !this.kept.has(id));
  }

  /** Of whose name there is no file any more. */
  withoutFile(): DocumentEntity[] {
    return [...this.byName.values()].flat().filter(({ id }) => !this.kept.has(id));
  }
}
