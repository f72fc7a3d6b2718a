import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { canonicalRequest, contentHashOf, signatureOf, signingKeyOf } from './signature';

/** As published in docs/technical/api-keys.md; the key was made up for it. */
const API_KEY = 'myia_0123456789abcdef_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const BODY = '{"query":"congés"}';
const parts = {
  method: 'POST',
  target: '/api/v1/search',
  timestamp: '1790000000',
  nonce: 'n0nce-n0nce-n0nce',
  contentHash: contentHashOf(BODY),
};

describe('The signature of a request', () => {
  it('covers method, address, time, nonce and body, one per line', () => {
    expect(canonicalRequest(parts)).toBe(
      ['MYIA-HMAC-SHA256', 'POST', '/api/v1/search', '1790000000', 'n0nce-n0nce-n0nce', parts.contentHash].join('\n'),
    );
  });

  it('is what a caller computes with nothing but HMAC and SHA-256', () => {
    const signingKey = createHmac('sha256', API_KEY).update('my-ia/request-signing/v1').digest();
    const hash = createHash('sha256').update(BODY).digest('hex');
    const text = `MYIA-HMAC-SHA256\nPOST\n/api/v1/search\n1790000000\nn0nce-n0nce-n0nce\n${hash}`;
    const expected = createHmac('sha256', signingKey).update(text).digest('hex');
    expect(signatureOf(signingKeyOf(API_KEY), parts).toString('hex')).toBe(expected);
  });

  it('is the one the documentation publishes as a test vector', () => {
    const document = readFileSync('docs/technical/api-keys.md', 'utf8');
    for (const value of [
      API_KEY,
      signingKeyOf(API_KEY).toString('hex'),
      parts.contentHash,
      signatureOf(signingKeyOf(API_KEY), parts).toString('hex'),
    ]) {
      expect(document).toContain(value);
    }
  });

  it.each([
    { method: 'GET' },
    { target: '/api/v1/search?x=1' },
    { timestamp: '1790000001' },
    { nonce: 'another-nonce-0000' },
    { contentHash: contentHashOf('') },
  ])('changes with %j', (change) => {
    const key = signingKeyOf(API_KEY);
    expect(signatureOf(key, { ...parts, ...change })).not.toEqual(signatureOf(key, parts));
  });
});
