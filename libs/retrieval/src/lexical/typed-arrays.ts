type Growable =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>;

/** From here on arrays grow by a quarter instead of doubling: the slack of a large index stays small. */
const LARGE = 64 * 1024;

/** The same array, or a larger copy that holds at least `needed` values; new values are 0. */
export const grown = <A extends Growable>(array: A, needed: number): A => {
  if (needed <= array.length) return array;
  const factor = array.length > LARGE ? 1.25 : 2;
  const larger = new (array.constructor as new (length: number) => A)(
    Math.max(needed, Math.ceil(array.length * factor)),
  );
  larger.set(array);
  return larger;
};
