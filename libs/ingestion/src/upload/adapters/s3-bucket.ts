import { Readable } from 'node:stream';

import type { GetObjectCommandOutput, ListMultipartUploadsCommandOutput, S3, S3ClientConfig } from '@aws-sdk/client-s3';

import { explainS3Error } from './s3-errors';

export interface S3BucketOptions {
  /** AWS when absent. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  readonly bucket: string;
  /** What the machine is allowed to do at AWS when absent. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly forcePathStyle: boolean;
  /** Longest silence of the server. */
  readonly silenceMs: number;
  /** How often one request is made at most, the first time included. */
  readonly attempts?: number;
}

export interface S3Object {
  readonly name: string;
  readonly modifiedAt: Date;
}

/** Parts of a large file that nobody sees until it is completed. */
export interface S3Upload {
  readonly name: string;
  readonly id: string;
  readonly begunAt: Date;
}

/** Between attempts the SDK waits 50 to 1,000 ms, by chance and longer each time; three are over in seconds. */
const ATTEMPTS = 3;
const CONNECT_MS = 5_000;
/** A part may take this many silences: 43 kB/s is the slowest line it gets through, with the default of 30 s. */
const SILENCES_PER_REQUEST = 4;
/** Downloads of slow readers hold a connection each; with the SDK's 50, some would keep all others waiting. */
const CONNECTIONS = 256;
/** The least S3 takes, and the most one upload holds in memory: 10,000 of them are 48 GiB. */
const PART_BYTES = 5 * 1024 * 1024;

/**
 * One bucket, by the few requests a file store makes. The SDK is loaded with the first of them, so that whoever keeps files in
 * a folder does not pay for it. Rejects with the errors of the port.
 */
export class S3Bucket {
  private readonly options: S3BucketOptions;
  private client: Promise<S3> | undefined;

  constructor(options: S3BucketOptions) {
    this.options = options;
  }

  async ping(): Promise<void> {
    const client = await this.open();
    await client.headBucket(this.bucket);
  }

  /**
   * One request for what fits into a part, else part after part: what is on its way is one part, and after a failure no
   * other part can still arrive.
   * @returns the number of parts
   */
  async put(name: string, body: Readable): Promise<number> {
    const client = await this.open();
    const { Upload } = await import('@aws-sdk/lib-storage');
    const params = { ...this.bucket, Key: name, Body: body };
    const upload = new Upload({ client, params, partSize: PART_BYTES, queueSize: 1 });
    let parts = 1;
    upload.on('httpUploadProgress', ({ part = 1 }) => (parts = Math.max(parts, part)));
    await upload.done();
    return parts;
  }

  /** @param range of bytes, as HTTP writes it; servers may ignore it */
  async get(name: string, range?: string): Promise<Readable> {
    const client = await this.open();
    return bodyOf(await client.getObject({ ...this.bucket, Key: name, ...(range && { Range: range }) }));
  }

  async remove(name: string): Promise<void> {
    const client = await this.open();
    await client.deleteObject({ ...this.bucket, Key: name });
  }

  async *list(prefix: string): AsyncIterable<S3Object> {
    const client = await this.open();
    let token: string | undefined;
    do {
      const page = await client.listObjectsV2({ ...this.bucket, Prefix: prefix, ContinuationToken: token });
      for (const { Key: name, LastModified: modifiedAt } of page.Contents ?? []) {
        if (name !== undefined && modifiedAt) yield { name, modifiedAt };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async *listUploads(prefix: string): AsyncIterable<S3Upload> {
    const client = await this.open();
    let page: ListMultipartUploadsCommandOutput | undefined;
    do {
      const markers = page && { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      page = await client.listMultipartUploads({ ...this.bucket, Prefix: prefix, ...markers });
      for (const { Key: name, UploadId: id, Initiated: begunAt } of page.Uploads ?? []) {
        if (name !== undefined && id !== undefined && begunAt) yield { name, id, begunAt };
      }
    } while (page.IsTruncated);
  }

  async abort({ name, id }: S3Upload): Promise<void> {
    const client = await this.open();
    await client.abortMultipartUpload({ ...this.bucket, Key: name, UploadId: id });
  }

  async close(): Promise<void> {
    (await this.client)?.destroy();
  }

  private get bucket(): { readonly Bucket: string } {
    return { Bucket: this.options.bucket };
  }

  private open(): Promise<S3> {
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<S3> {
    const sdk = await import('@aws-sdk/client-s3');
    const client = new sdk.S3(configOf(this.options));
    // Around everything, repeated attempts included: what comes out is told once.
    client.middlewareStack.add(
      (next) => async (request) => {
        try {
          return await next(request);
        } catch (error) {
          throw explainS3Error(error);
        }
      },
      { step: 'initialize', priority: 'high', name: 'explainErrors' },
    );
    return client;
  }
}

const configOf = (options: S3BucketOptions): S3ClientConfig => ({
  region: options.region,
  forcePathStyle: options.forcePathStyle,
  ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
  ...(options.credentials && { credentials: options.credentials }),
  maxAttempts: options.attempts ?? ATTEMPTS,
  // The SDK's own default asks for checksums in trailers, which many servers besides AWS refuse. Every body is signed.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  // Some servers never answer it, and each part would wait a second for them.
  expectContinueHeader: false,
  requestHandler: {
    connectionTimeout: CONNECT_MS,
    socketTimeout: options.silenceMs,
    requestTimeout: options.silenceMs * SILENCES_PER_REQUEST,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: CONNECTIONS },
    httpsAgent: { maxSockets: CONNECTIONS },
  },
});

const bodyOf = ({ Body: body }: GetObjectCommandOutput): Readable => {
  if (!(body instanceof Readable)) throw new Error('In Node the SDK gives a stream');
  return body;
};
