import { createHash } from 'node:crypto';

/** A key in base64, its map entry and the head of the array. */
const OVERHEAD_BYTES = 200;

/** Vectors by the hash of what was embedded: texts themselves are not kept. Forgets what was not asked for longest. */
export class VectorCache {
  private readonly vectors = new Map<string, Float32Array>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Of a text with its model and purpose. */
  static keyOf(...parts: readonly string[]): string {
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
  }

  get(key: string): Float32Array | undefined {
    const vector = this.vectors.get(key);
    if (!vector) return undefined;
    // The order of a map is that of its insertions.
    this.vectors.delete(key);
    this.vectors.set(key, vector);
    return vector;
  }

  set(key: string, vector: Float32Array): void {
    if (this.vectors.has(key)) return;
    this.vectors.set(key, vector);
    this.bytes += sizeOf(vector);
    for (const [oldest, { byteLength }] of this.vectors) {
      if (this.bytes <= this.maxBytes) return;
      this.vectors.delete(oldest);
      this.bytes -= byteLength + OVERHEAD_BYTES;
    }
  }
}

const sizeOf = ({ byteLength }: Float32Array): number => byteLength + OVERHEAD_BYTES;
