/** A full piece ends with the address of the next one; these are its last bytes. */
export const LINK = 4;
const SMALLEST = 8;
const LARGEST = 16 * 1024;
/** Each piece is so much of all before it: little is allocated that is not used, in few pieces. */
const SHARE = 0.25;

/** Bytes of the pieces of a posting list, first to largest; those behind are as large as the last. */
const SIZES: readonly number[] = ((): number[] => {
  const sizes = [SMALLEST];
  let held = SMALLEST - LINK;
  while ((sizes.at(-1) ?? 0) < LARGEST) {
    const size = Math.min(LARGEST, Math.max(SMALLEST, Math.ceil((held * SHARE) / 4) * 4));
    sizes.push(size);
    held += size - LINK;
  }
  return sizes;
})();

/** Payload of all pieces before one, when they are full. */
const BEFORE: readonly number[] = SIZES.map((_, at) => SIZES.slice(0, at).reduce((sum, size) => sum + size - LINK, 0));
const LAST = SIZES.length - 1;

/** Bytes of the n-th piece of a list, its link included. */
export const sizeOfSlice = (at: number): number => SIZES[Math.min(at, LAST)] ?? LARGEST;

/** Bytes of postings in the pieces before the n-th. */
export const payloadBefore = (at: number): number =>
  (BEFORE[Math.min(at, LAST)] ?? 0) + Math.max(0, at - LAST) * (LARGEST - LINK);
