import type { Draft } from './draft-answer';

/** Drafts that are kept, and characters of them: some ten megabytes. */
const [MOST, MOST_CHARACTERS] = [1_000, 4_000_000] as const;
const HOUR_MS = 3_600_000;

interface Kept {
  readonly draft: Draft;
  readonly until: number;
}

/** Drafts of the last hour, the least recently used ones dropped first. In memory: what documents said lives on nowhere. */
export class RecentDrafts {
  private readonly kept = new Map<string, Kept>();
  private characters = 0;

  /** @param now milliseconds */
  find(key: string, now: number): Draft | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.drop(key);
    if (found.until <= now) return undefined;
    this.add(key, found);
    return found.draft;
  }

  keep(key: string, draft: Draft, now: number): void {
    this.drop(key);
    this.add(key, { draft, until: now + HOUR_MS });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST && this.characters <= MOST_CHARACTERS) return;
      this.drop(oldest);
    }
  }

  get size(): number {
    return this.kept.size;
  }

  private add(key: string, kept: Kept): void {
    this.kept.set(key, kept);
    this.characters += kept.draft.text.length;
  }

  private drop(key: string): void {
    const dropped = this.kept.get(key);
    if (!dropped) return;
    this.kept.delete(key);
    this.characters -= dropped.draft.text.length;
  }
}
