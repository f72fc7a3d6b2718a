import { createHash, randomUUID } from 'node:crypto';

/** What an S3 server says against a request. */
export class S3Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export interface S3StoredBytes {
  /** Empty when the server keeps none. */
  readonly bytes: Buffer;
  readonly sizeBytes: number;
  readonly etag: string;
}

export interface S3StoredObject extends S3StoredBytes {
  modifiedAt: Date;
}

export interface S3BegunUpload {
  readonly id: string;
  readonly key: string;
  begunAt: Date;
  readonly parts: Map<number, S3StoredBytes>;
}

export interface S3PartName {
  readonly number: number;
  readonly etag: string;
}

/** AWS refuses smaller ones, the last excepted. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

/** The objects of one bucket and the uploads under way: what lies behind the protocol. */
export class S3Objects {
  readonly objects = new Map<string, S3StoredObject>();
  readonly uploads = new Map<string, S3BegunUpload>();

  constructor(private readonly keepBytes: boolean) {}

  put(key: string, body: Buffer): string {
    const stored = this.keep(body);
    this.objects.set(key, { ...stored, modifiedAt: new Date() });
    return stored.etag;
  }

  get(key: string): S3StoredObject {
    const found = this.objects.get(key);
    if (!found) throw new S3Refusal(404, 'NoSuchKey');
    return found;
  }

  begin(key: string): string {
    const id = randomUUID();
    this.uploads.set(id, { id, key, begunAt: new Date(), parts: new Map() });
    return id;
  }

  putPart(key: string, uploadId: string, number: number, body: Buffer): string {
    const stored = this.keep(body);
    this.upload(key, uploadId).parts.set(number, stored);
    return stored.etag;
  }

  complete(key: string, uploadId: string, names: readonly S3PartName[]): void {
    const { parts } = this.upload(key, uploadId);
    const chosen = names.map(({ number, etag }) => {
      const part = parts.get(number);
      if (part?.etag !== etag) throw new S3Refusal(400, 'InvalidPart');
      return part;
    });
    if (names.some(({ number }, at) => number <= (names[at - 1]?.number ?? 0))) throw new S3Refusal(400, 'InvalidPartOrder'); // prettier-ignore
    if (chosen.slice(0, -1).some(({ sizeBytes }) => sizeBytes < LEAST_PART_BYTES)) throw new S3Refusal(400, 'EntityTooSmall'); // prettier-ignore
    const sizeBytes = chosen.reduce((sum, part) => sum + part.sizeBytes, 0);
    const bytes = Buffer.concat(chosen.map((part) => part.bytes));
    this.objects.set(key, { bytes, sizeBytes, etag: `"${uploadId}-${chosen.length}"`, modifiedAt: new Date() });
    this.uploads.delete(uploadId);
  }

  abort(key: string, uploadId: string): void {
    this.upload(key, uploadId);
    this.uploads.delete(uploadId);
  }

  private upload(key: string, id: string): S3BegunUpload {
    const found = this.uploads.get(id);
    if (found?.key !== key) throw new S3Refusal(404, 'NoSuchUpload');
    return found;
  }

  private keep(body: Buffer): S3StoredBytes {
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    return { bytes: this.keepBytes ? body : Buffer.alloc(0), sizeBytes: body.length, etag };
  }
}
