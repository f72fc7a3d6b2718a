/**
 * A vector as the client's record validation accepts it and as Chroma wants it on the wire: base64 of its
 * little-endian floats. The client's own encoder builds a string per byte and blocks the event loop five times as
 * long (measured: 645 ms against 135 ms for 5,461 vectors of 768).
 */
class PackedVector {
  readonly length: number;

  constructor(private readonly vector: Float32Array) {
    this.length = vector.length;
  }

  /** Asked by the client whether each entry is a number: a Float32Array holds nothing else. */
  every(): boolean {
    return true;
  }

  toJSON(): string {
    const { buffer, byteOffset, byteLength } = this.vector;
    return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  }
}

/** The one cast of this adapter: the client types embeddings as plain arrays and serializes them with JSON. */
export const packVector = (vector: Float32Array): number[] => new PackedVector(vector) as unknown as number[];
