/** Bytes of a page. What is in one never moves, so a large index grows without being copied. */
const PAGE_BITS = 18;
const PAGE = 2 ** PAGE_BITS;
const OFFSET = PAGE - 1;
/** What a pool begins with: most collections are small, and a process may hold a thousand of them. */
const FIRST = 1024;

/** Memory that is given out in pieces and only given back as a whole. */
export class BytePool {
  private readonly pages: Uint8Array<ArrayBuffer>[] = [new Uint8Array(FIRST)];
  private used = 0;

  get bytes(): number {
    return (this.pages.length - 1) * PAGE + (this.pages.at(-1)?.byteLength ?? 0);
  }

  /** The address of a new piece, all zeros. A piece lies in one page. @param size bytes, at most a page */
  allocate(size: number): number {
    if (this.used + size > PAGE) this.open();
    const last = this.pages.length - 1;
    const start = this.used;
    this.used += size;
    this.enlarge(last);
    return last * PAGE + start;
  }

  /** The page of an address: valid until the next {@link allocate}. */
  page(address: number): Uint8Array<ArrayBuffer> {
    return this.pages[address >>> PAGE_BITS] ?? new Uint8Array();
  }

  /** Where in its page an address is. */
  offset(address: number): number {
    return address & OFFSET;
  }

  private open(): void {
    this.pages.push(new Uint8Array(PAGE));
    this.used = 0;
  }

  /** Only the first page begins smaller than it may become. */
  private enlarge(last: number): void {
    const page = this.pages[last];
    if (!page || this.used <= page.length) return;
    let size = page.length;
    while (size < this.used) size *= 2;
    const larger = new Uint8Array(size);
    larger.set(page);
    this.pages[last] = larger;
  }
}
