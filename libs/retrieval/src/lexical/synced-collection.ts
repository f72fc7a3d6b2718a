import type { Breather } from './breather';
import { CollectionIndex } from './collection-index';
import {
  FIRST_ID,
  LAST_ID,
  type ChunkRow,
  type DocumentCursor,
  type DocumentState,
  type LexicalRows,
} from './lexical-rows';

/** The index of one collection and how far it follows the rows. */
export class SyncedCollection {
  readonly index: CollectionIndex;
  private read = -1;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly id: string,
    withGrams: boolean,
    private readonly rows: LexicalRows,
    private readonly breather: Breather,
  ) {
    this.index = new CollectionIndex(withGrams);
  }

  /** What the index reflects at least. */
  get revision(): number {
    return this.read;
  }

  /** Resolves when the index reflects this revision. Parallel calls follow each other, so one load serves all. */
  async follow(revision: number): Promise<void> {
    if (this.read >= revision) return;
    await this.inTurn(() => this.advance(revision));
    // Nobody waits for this; what it could not finish, the next change brings up again.
    if (this.index.isWorthCompacting) this.inTurn(() => this.tidy()).catch(() => undefined);
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    const former = this.turn.catch(() => undefined);
    this.turn = former.then(work);
    await this.turn;
  }

  private async tidy(): Promise<void> {
    if (this.index.isWorthCompacting) await this.index.compact(this.breather);
  }

  /**
   * The row lock on the collection makes the order of revisions the order of commits: whoever has seen one revision
   * sees every earlier one, so nothing is left behind the cursor.
   */
  private async advance(revision: number): Promise<void> {
    if (this.read >= revision) return;
    let after: DocumentCursor = { revision: this.read, id: LAST_ID };
    for (;;) {
      const page = await this.rows.changedDocuments(this.id, after);
      await this.apply(page);
      const end = page.at(-1);
      if (!end) break;
      after = end;
    }
    await this.reconcile();
    this.read = Math.max(revision, after.revision);
  }

  /** A deleted document may be purged before its deletion was read here: then only the count tells. */
  private async reconcile(): Promise<void> {
    if ((await this.rows.countLive(this.id)) === this.index.size) return;
    const live = new Set<string>();
    let afterId = FIRST_ID;
    for (;;) {
      const page = await this.rows.liveDocuments(this.id, afterId);
      for (const { id } of page) live.add(id);
      await this.apply(page.filter(({ id, generation }) => !this.index.holds(id, generation)));
      const end = page.at(-1);
      if (!end) break;
      afterId = end.id;
    }
    for (const id of [...this.index.documentIds()]) if (!live.has(id)) this.index.remove(id);
  }

  /** Each document changes in one step, so that a search in between finds its former or its new passages. */
  private async apply(documents: readonly DocumentState[]): Promise<void> {
    for (const { id, live } of documents) if (!live) this.index.remove(id);
    const pending = new Map(documents.filter(({ live }) => live).map(({ id, generation }) => [id, generation]));
    if (pending.size === 0) return;
    for await (const chunks of this.rows.chunksByDocument(documents.filter(({ live }) => live))) {
      const [{ documentId, generation }] = chunks;
      await this.replace(documentId, generation, chunks);
      pending.delete(documentId);
    }
    for (const [id, generation] of pending) await this.replace(id, generation, []);
  }

  private async replace(id: string, generation: number, chunks: readonly ChunkRow[]): Promise<void> {
    this.index.unstage();
    for (const chunk of chunks) {
      this.index.stage(chunk);
      await this.breather.pause();
    }
    this.index.publish(id, generation);
  }
}
