import type { Duplicates } from '../collection/collection.entity';
import type { DocumentEntity } from '../document/document.entity';

/** The documents of a collection as an import finds them, and which of them its files still stand for. */
export class KnownDocuments {
  private readonly byHash: ReadonlyMap<string, readonly DocumentEntity[]>;
  /** Names nobody has spoken of yet. Several of one name: an import that was interrupted had not removed the former one. */
  private readonly byName: Map<string, readonly DocumentEntity[]>;
  private readonly kept = new Set<string>();
  private readonly superseded: DocumentEntity[] = [];

  /** @param duplicates whether two files of the same bytes are two documents */
  constructor(
    documents: readonly DocumentEntity[],
    private readonly duplicates: Duplicates,
  ) {
    this.byHash = Map.groupBy(documents, ({ contentHash }) => contentHash);
    this.byName = Map.groupBy(documents, ({ filename }) => filename);
  }

  /** The document that holds these bytes already, the one of this name before others. */
  holding(contentHash: string, name: string): DocumentEntity | undefined {
    const found = this.byHash.get(contentHash) ?? [];
    return found.find(({ filename }) => filename === name) ?? (this.duplicates === 'reuse' ? found[0] : undefined);
  }

  /** The file of this name has these bytes, and they are in this document. @returns whether it had others before */
  keep(name: string, contentHash: string, documentId: string): boolean {
    const former = this.byName.get(name) ?? [];
    this.byName.delete(name);
    this.kept.add(documentId);
    this.superseded.push(...former.filter((document) => document.contentHash !== contentHash));
    return former.length > 0 && !former.some((document) => document.contentHash === contentHash);
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
