import { BytePool } from './byte-pool';
import { LINK, payloadBefore, sizeOfSlice } from './slice-sizes';
import { grown } from './typed-arrays';

/** A byte of a number holds seven of its bits; the eighth says that more follow. */
export const LOW_BITS = 0x7f;
const MORE = 0x80;

/** Shared by all: one for each would take as much again as the lists of small collections. */
let scratch = new Uint8Array(1024);

/**
 * Many lists of numbers that only grow, as bytes. Each is a chain of pieces in one pool: appending never moves a list,
 * and hundreds of thousands of short ones cost no object each (Büttcher, Clarke & Cormack, "Information Retrieval", 4.5).
 */
export class ByteLists {
  private readonly pool = new BytePool();
  /** Address + 1 of a list's first piece; 0 while it has none. */
  private starts = new Uint32Array(256);
  /** Address of its next byte. */
  private ends = new Uint32Array(256);
  /** Bytes left in its last piece. */
  private rooms = new Uint16Array(256);
  /** How many pieces stand before the last. */
  private slices = new Uint16Array(256);

  get bytes(): number {
    const { starts, ends, rooms, slices } = this;
    const own = starts.byteLength + ends.byteLength + rooms.byteLength + slices.byteLength;
    return own + this.pool.bytes;
  }

  /** Appends a number in as few bytes as it needs, its low bits first. @param value below 2^32 */
  append(list: number, value: number): void {
    let rest = value;
    while (rest > LOW_BITS) {
      this.appendByte(list, (rest & LOW_BITS) | MORE);
      rest >>>= 7;
    }
    this.appendByte(list, rest);
  }

  appendByte(list: number, byte: number): void {
    if (!this.starts[list]) this.begin(list);
    else if (this.rooms[list] === 0) this.extend(list);
    const end = this.ends[list] ?? 0;
    this.pool.page(end)[this.pool.offset(end)] = byte;
    this.ends[list] = end + 1;
    this.rooms[list] = (this.rooms[list] ?? 1) - 1;
  }

  /** All bytes of a list, copied together: valid until the next call, of any lists. */
  of(list: number): Uint8Array {
    const size = this.sizeOf(list);
    scratch = grown(scratch, size);
    let address = (this.starts[list] ?? 0) - 1;
    let copied = 0;
    for (let slice = 0; copied < size; slice += 1) {
      const page = this.pool.page(address);
      const from = this.pool.offset(address);
      const isLast = slice === this.slices[list];
      const length = isLast ? size - copied : sizeOfSlice(slice) - LINK;
      scratch.set(page.subarray(from, from + length), copied);
      copied += length;
      if (!isLast) address = readLink(page, from + length);
    }
    return scratch.subarray(0, size);
  }

  private sizeOf(list: number): number {
    if (!this.starts[list]) return 0;
    const slice = this.slices[list] ?? 0;
    return payloadBefore(slice) + sizeOfSlice(slice) - (this.rooms[list] ?? 0);
  }

  private begin(list: number): void {
    this.starts = grown(this.starts, list + 1);
    this.ends = grown(this.ends, list + 1);
    this.rooms = grown(this.rooms, list + 1);
    this.slices = grown(this.slices, list + 1);
    const address = this.pool.allocate(sizeOfSlice(0));
    this.starts[list] = address + 1;
    this.ends[list] = address;
    this.rooms[list] = sizeOfSlice(0);
  }

  /** The last bytes of a full piece move on and make room for the link. */
  private extend(list: number): void {
    const slice = (this.slices[list] ?? 0) + 1;
    const size = sizeOfSlice(slice);
    const target = this.pool.allocate(size);
    const tail = (this.ends[list] ?? 0) - LINK;
    const page = this.pool.page(tail);
    const from = this.pool.offset(tail);
    this.pool.page(target).set(page.subarray(from, from + LINK), this.pool.offset(target));
    writeLink(page, from, target);
    this.slices[list] = slice;
    this.ends[list] = target + LINK;
    this.rooms[list] = size - LINK;
  }
}

const readLink = (page: Uint8Array, at: number): number =>
  ((page[at] ?? 0) | ((page[at + 1] ?? 0) << 8) | ((page[at + 2] ?? 0) << 16) | ((page[at + 3] ?? 0) << 24)) >>> 0;

const writeLink = (page: Uint8Array, at: number, address: number): void => {
  for (let byte = 0; byte < LINK; byte += 1) page[at + byte] = (address >>> (8 * byte)) & 0xff;
};
