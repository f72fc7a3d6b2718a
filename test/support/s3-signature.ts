import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&');

const canonicalRequest = ({ method, url = '/', headers }: IncomingMessage, signed: string): string => {
  const [path = '/', query = ''] = url.split('?');
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  return [method, path, canonicalQuery(query), lines.join(''), signed, headers['x-amz-content-sha256']].join('\n');
};

interface Authorization {
  readonly id: string;
  readonly scope: string;
  readonly day: string;
  readonly region: string;
  readonly signed: string;
  readonly signature: string;
}

const authorizationOf = ({ headers }: IncomingMessage): Authorization | undefined => {
  const found = AUTHORIZATION.exec(headers.authorization ?? '');
  const [id, scope, day, region, signed, signature] = (found?.slice(1) ?? []) as [string, string, string, string, string, string]; // prettier-ignore
  return found ? { id, scope, day, region, signed, signature } : undefined;
};

const isComplete = ({ id, region, signed }: Authorization, credentials: S3Credentials): boolean =>
  id === credentials.accessKeyId &&
  region === credentials.region &&
  ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.split(';').includes(name));

/**
 * Whether the head of the request is signed by Signature Version 4 with these credentials, host, time and hash of the body
 * included (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
export const isSigned = (request: IncomingMessage, credentials: S3Credentials): boolean => {
  const authorization = authorizationOf(request);
  if (!authorization || !isComplete(authorization, credentials)) return false;
  const { day, region, scope, signed, signature } = authorization;
  const time = String(request.headers['x-amz-date']);
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, signed))].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
};
