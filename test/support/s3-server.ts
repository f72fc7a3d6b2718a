import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { S3Objects, S3Refusal, type S3PartName } from './s3-objects';
import { isSigned, sha256, type S3Credentials } from './s3-signature';

/*
 * A real HTTP server that speaks as much of the S3 protocol as a store of files needs
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/), and can be slow, broken or hostile. Like many servers besides AWS it
 * knows no checksums in trailers.
 */

/**
 * How a request goes wrong: `error` is a 500, `slow-down` a 503; `drop` cuts the connection before anything is done, `lose`
 * after it, so that only the answer is lost; `hang` says nothing; `truncate` cuts the connection in the middle of the
 * answer; `late-error` answers 200 with an error in the body, as AWS may when it completes an upload.
 */
export type S3Fault = 'error' | 'slow-down' | 'drop' | 'lose' | 'hang' | 'truncate' | 'late-error';

export interface S3ServerOptions {
  /** Default: true. Without, only sizes are kept. */
  readonly keepBytes?: boolean;
  /** Most entries of a list in one answer; default 1,000. */
  readonly pageSize?: number;
  /** Default: true. */
  readonly knowsRanges?: boolean;
}

export interface S3Request {
  /** As in `UploadPart`. */
  readonly operation: string;
  readonly host: string;
  readonly path: string;
  readonly sizeBytes: number;
}

interface Call extends S3Request {
  readonly method: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
  readonly body: Buffer;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export const S3_BUCKET = 'documents';
export const S3_CREDENTIALS: S3Credentials = {
  accessKeyId: 'GK31c2f218a2e44f485b94239e',
  secretAccessKey: 'b892c0665f0ada8a4755dae98baa3b133590e11dae3bcc1f9d769d67f16c3835',
  region: 'garage',
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const document = (root: string, ...content: readonly string[]): Answer => ({
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content.join(''))}`,
});
const refusal = ({ status, code }: S3Refusal): Answer => ({
  ...document(
    'Error',
    element('Code', code),
    element('Message', `Refused: ${code}`),
    element('RequestId', '4442587FB7'),
  ),
  status,
});

/** What each operation is known by: the method, whether an object is named, and the parameter that tells. */
const operationOf = (method: string, key: string, query: URLSearchParams): string => {
  const parameter = ['uploads', 'uploadId', 'list-type'].find((name) => query.has(name)) ?? '';
  const operations: Readonly<Record<string, string>> = {
    'HEAD bucket ': 'HeadBucket',
    'GET bucket list-type': 'ListObjectsV2',
    'GET bucket uploads': 'ListMultipartUploads',
    'PUT object ': 'PutObject',
    'GET object ': 'GetObject',
    'DELETE object ': 'DeleteObject',
    'POST object uploads': 'CreateMultipartUpload',
    'PUT object uploadId': 'UploadPart',
    'POST object uploadId': 'CompleteMultipartUpload',
    'DELETE object uploadId': 'AbortMultipartUpload',
  };
  return operations[`${method} ${key === '' ? 'bucket' : 'object'} ${parameter}`] ?? 'Unknown';
};

export class S3ProtocolServer {
  /** Every signed request in order, those that went wrong too. */
  readonly requests: S3Request[] = [];
  /** Times a request was not signed, or signed for another body. */
  unsigned = 0;
  readonly store: S3Objects;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private fault: { readonly kind: S3Fault; readonly from: number; readonly to: number } | undefined;

  private constructor(private readonly options: S3ServerOptions) {
    this.store = new S3Objects(options.keepBytes ?? true);
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Listens on 127.0.0.1 on a free port. */
  static async start(options: S3ServerOptions = {}): Promise<S3ProtocolServer> {
    const started = new S3ProtocolServer(options);
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get keys(): string[] {
    return [...this.store.objects.keys()];
  }

  /** Variables of a product that keeps its files here. */
  get environment(): Readonly<Record<string, string>> {
    return {
      FILE_STORE: 's3',
      S3_ENDPOINT: this.url,
      S3_REGION: S3_CREDENTIALS.region,
      S3_BUCKET,
      S3_ACCESS_KEY_ID: S3_CREDENTIALS.accessKeyId,
      S3_SECRET_ACCESS_KEY: S3_CREDENTIALS.secretAccessKey,
      S3_FORCE_PATH_STYLE: 'true',
    };
  }

  operations(): string[] {
    return this.requests.map(({ operation }) => operation);
  }

  /** From now on the n-th request goes wrong, and as many after it as `times` says. */
  failAt(n: number, kind: S3Fault, times = 1): void {
    const from = this.requests.length + n;
    this.fault = { kind, from, to: from + times - 1 };
  }

  heal(): void {
    this.fault = undefined;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.once('close', resolve));
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await this.read(request);
    const isGenuine =
      isSigned(request, S3_CREDENTIALS) && request.headers['x-amz-content-sha256'] === sha256(call.body);
    if (!isGenuine) {
      this.unsigned += 1;
      this.send(response, refusal(new S3Refusal(403, 'SignatureDoesNotMatch')));
      return;
    }
    const { operation, host, path, sizeBytes } = call;
    this.requests.push({ operation, host, path, sizeBytes });
    this.respond(call, response, this.faultNow());
  }

  private faultNow(): S3Fault | undefined {
    const { kind, from, to } = this.fault ?? { from: Infinity, to: Infinity };
    return this.requests.length >= from && this.requests.length <= to ? kind : undefined;
  }

  private respond(call: Call, response: ServerResponse, fault: S3Fault | undefined): void {
    if (fault === 'hang') return;
    if (fault === 'drop') response.destroy();
    else if (fault === 'error') this.send(response, refusal(new S3Refusal(500, 'InternalError')));
    else if (fault === 'slow-down') this.send(response, refusal(new S3Refusal(503, 'SlowDown')));
    else if (fault === 'late-error') this.send(response, refusal(new S3Refusal(200, 'InternalError')));
    else this.finish(response, this.perform(call), fault);
  }

  private finish(response: ServerResponse, answer: Answer, fault: S3Fault | undefined): void {
    if (fault === 'lose') response.destroy();
    else if (fault === 'truncate') this.sendHalf(response, answer);
    else this.send(response, answer);
  }

  private send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Answer): void {
    response.writeHead(status, {
      'content-length': Buffer.byteLength(body),
      'x-amz-request-id': '4442587FB7',
      ...headers,
    });
    response.end(body);
  }

  private sendHalf(response: ServerResponse, { headers = {}, body = '' }: Answer): void {
    const bytes = Buffer.from(body);
    response.writeHead(200, { 'content-length': bytes.length + 1, ...headers });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }

  private async read(request: IncomingMessage): Promise<Call> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const { method = '', headers, url: path = '/' } = request;
    const { pathname, searchParams: query } = new URL(path, 'http://s3');
    const host = headers.host ?? '';
    const names = decodeURIComponent(pathname).slice(1);
    const [bucket, ...rest] = (host.startsWith(`${S3_BUCKET}.`) ? `${S3_BUCKET}/${names}` : names).split('/');
    if (bucket !== S3_BUCKET) query.set('bucket', bucket ?? '');
    const key = rest.join('/');
    const operation = operationOf(method, key, query);
    return { operation, method, host, path, key, query, range: headers.range, body, sizeBytes: body.length };
  }

  private perform(call: Call): Answer {
    try {
      if (call.query.has('bucket')) throw new S3Refusal(404, 'NoSuchBucket');
      return call.key === '' ? this.onBucket(call) : this.onObject(call);
    } catch (error) {
      if (error instanceof S3Refusal) return refusal(error);
      throw error;
    }
  }

  private onBucket(call: Call): Answer {
    if (call.operation === 'HeadBucket') return {};
    if (call.operation === 'ListObjectsV2') return this.listObjects(call);
    if (call.operation === 'ListMultipartUploads') return this.listUploads(call);
    throw new S3Refusal(501, 'NotImplemented');
  }

  private onObject(call: Call): Answer {
    const { key, query, body } = call;
    const uploadId = query.get('uploadId') ?? '';
    const operations: Readonly<Record<string, () => Answer>> = {
      PutObject: () => ({ headers: { etag: this.store.put(key, body) } }),
      GetObject: () => this.getObject(call),
      DeleteObject: () => {
        this.store.objects.delete(key);
        return { status: 204 };
      },
      CreateMultipartUpload: () =>
        document(
          'InitiateMultipartUploadResult',
          element('Key', escape(key)),
          element('UploadId', this.store.begin(key)),
        ),
      UploadPart: () => ({
        headers: { etag: this.store.putPart(key, uploadId, Number(query.get('partNumber')), body) },
      }),
      CompleteMultipartUpload: () => {
        this.store.complete(key, uploadId, partNames(body.toString()));
        return document('CompleteMultipartUploadResult', element('Key', escape(key)));
      },
      AbortMultipartUpload: () => {
        this.store.abort(key, uploadId);
        return { status: 204 };
      },
    };
    const operation = operations[call.operation];
    if (!operation) throw new S3Refusal(501, 'NotImplemented');
    return operation();
  }

  private getObject({ key, range }: Call): Answer {
    const { bytes, etag } = this.store.get(key);
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (first === undefined || this.options.knowsRanges === false) return { headers: { etag }, body: bytes };
    if (Number(first) >= bytes.length) throw new S3Refusal(416, 'InvalidRange');
    const end = Math.min(Number(last), bytes.length - 1);
    const headers = { etag, 'content-range': `bytes ${first}-${end}/${bytes.length}` };
    return { status: 206, headers, body: bytes.subarray(Number(first), end + 1) };
  }

  private listObjects({ query }: Call): Answer {
    const keys = this.keys.filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
    const after = query.get('continuation-token') ?? '';
    const page = this.page(keys, (key) => key > after);
    const contents = page.items.map((key) => {
      const { modifiedAt, sizeBytes, etag } = this.store.get(key);
      const fields = element('LastModified', modifiedAt.toISOString()) + element('Size', String(sizeBytes));
      return element('Contents', element('Key', escape(key)) + fields + element('ETag', etag));
    });
    const next = page.more ? element('NextContinuationToken', escape(page.items.at(-1) ?? '')) : '';
    return document('ListBucketResult', ...contents, element('IsTruncated', String(page.more)), next);
  }

  private listUploads({ query }: Call): Answer {
    const placeOf = (upload: { readonly key: string; readonly id: string }): string => `${upload.key} ${upload.id}`;
    const prefix = query.get('prefix') ?? '';
    const after = `${query.get('key-marker') ?? ''} ${query.get('upload-id-marker') ?? ''}`;
    const uploads = [...this.store.uploads.values()].filter(({ key }) => key.startsWith(prefix));
    const sorted = uploads.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const page = this.page(sorted, (upload) => placeOf(upload) > after);
    const entries = page.items.map(({ id, key, begunAt }) => {
      const name = element('Key', escape(key)) + element('UploadId', id);
      return element('Upload', name + element('Initiated', begunAt.toISOString()));
    });
    const { key = '', id = '' } = page.items.at(-1) ?? {};
    const next = element('NextKeyMarker', escape(key)) + element('NextUploadIdMarker', id);
    return document('ListMultipartUploadsResult', ...entries, element('IsTruncated', String(page.more)), next);
  }

  private page<T>(items: readonly T[], isAfter: (item: T) => boolean): { readonly items: T[]; readonly more: boolean } {
    const { pageSize = 1000 } = this.options;
    const rest = items.filter(isAfter);
    return { items: rest.slice(0, pageSize), more: rest.length > pageSize };
  }
}

const partNames = (xml: string): S3PartName[] =>
  [...xml.matchAll(/<Part>.*?<\/Part>/gs)].map(([part]) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: (/<ETag>(.*?)</.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
  }));
