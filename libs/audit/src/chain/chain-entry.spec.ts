import { createHash } from 'node:crypto';

import fc from 'fast-check';

import { canonicalJson } from './canonical-json';
import { entryHash, entryStatement, GENESIS, type EntryContent } from './chain-entry';

const text = fc.string({ unit: 'binary' });
const maybe = fc.option(text);
const content: fc.Arbitrary<EntryContent> = fc.record({
  ...{
    id: text,
    organizationId: text,
    createdAt: text,
    action: text,
    resource: text,
    resourceId: maybe,
    outcome: text,
  },
  ...{ actorId: maybe, sessionId: maybe, apiKeyId: maybe, address: maybe, userAgent: maybe, requestId: text },
  ...{ before: maybe, after: maybe, details: maybe },
});

describe('What is hashed and proved of an entry', () => {
  it('is its canonical JSON, and nothing that is no content', () => {
    fc.assert(
      fc.property(content, (entry) => {
        const stored = { ...entry, sequence: 7, proof: null, sealedAt: 'x' };
        const expected = createHash('sha256').update(GENESIS).update(canonicalJson(entry)).digest('hex');
        expect(entryHash(GENESIS, stored).toString('hex')).toBe(expected);
        expect(entryStatement(stored)).toBe(canonicalJson({ entry }));
      }),
    );
  });
});
