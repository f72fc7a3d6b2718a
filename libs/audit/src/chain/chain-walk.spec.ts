import fc from 'fast-check';

import { AuditConfig, AuthConfig } from '#libs/config';

import { entryHash, entryStatement, GENESIS, type EntryContent, type SealedEntry } from './chain-entry';
import type { ChainProblem } from './chain-problem';
import { ChainWalk, type Checkpoint } from './chain-walk';
import { CheckpointSigner, checkpointStatement } from './checkpoint-signer';

const ORGANIZATION = '5a7c1d7e-0a6b-4c43-9d25-0c3a4b7a9a11';

const signerWith = (
  jwtSecret: string,
  previousJwtSecrets: string[] = [],
  audit: Partial<AuditConfig> = {},
): CheckpointSigner =>
  new CheckpointSigner(
    Object.assign(new AuditConfig(), audit),
    Object.assign(new AuthConfig(), { jwtSecret, previousJwtSecrets }),
  );
const signer = signerWith('kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf');

const content = (number: number): EntryContent => ({
  id: `entry-${number}`,
  organizationId: ORGANIZATION,
  createdAt: '2026-01-15T09:30:00.000Z',
  action: 'toy.updated',
  resource: 'toy',
  resourceId: null,
  outcome: 'succeeded',
  actorId: null,
  sessionId: null,
  apiKeyId: null,
  address: null,
  userAgent: null,
  requestId: 'background',
  before: `{"size":${number}}`,
  after: null,
  details: null,
});

const chainOf = (contents: readonly EntryContent[]): SealedEntry[] => {
  let hash: Buffer = GENESIS;
  return contents.map((entry, index) => {
    const previousHash = hash;
    hash = entryHash(previousHash, entry);
    return { ...entry, sequence: index + 1, previousHash, hash };
  });
};

const checkpoint = (entry: SealedEntry, by = signer): Checkpoint => ({
  hash: entry.hash,
  ...by.sign(checkpointStatement(ORGANIZATION, entry.sequence, entry.hash)),
});

/** @param signed places that have a checkpoint */
const walk = (
  entries: readonly SealedEntry[],
  signed: ReadonlyMap<number, Checkpoint>,
  by = signer,
): ChainProblem | undefined => {
  const chain = new ChainWalk(ORGANIZATION, by);
  for (const entry of entries) {
    const problem = chain.step(entry, signed.get(entry.sequence));
    if (problem) return problem;
  }
  return chain.end(Math.max(0, ...signed.keys()));
};

const original = chainOf(Array.from({ length: 20 }, (_, index) => content(index + 1)));
const signatures = new Map(
  original.filter(({ sequence }) => sequence % 5 === 0).map((entry) => [entry.sequence, checkpoint(entry)]),
);
const place = fc.integer({ min: 0, max: 19 });

describe('ChainWalk', () => {
  it('finds nothing in a chain nobody touched', () => {
    expect(walk(original, signatures)).toBeUndefined();
  });

  it('names the entry, whatever field of whatever entry was altered', () => {
    const field = fc.constantFrom(...(Object.keys(content(0)) as (keyof EntryContent)[]));
    fc.assert(
      fc.property(place, field, (index, name) => {
        const altered = original.map((entry, at) => (at === index ? { ...entry, [name]: 'forged' } : entry));
        expect(walk(altered, signatures)).toMatchObject({ kind: 'altered', sequence: index + 1 });
      }),
    );
  });

  it('names the gap, whatever entries were removed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { minLength: 1 }), (removed) => {
        const left = original.filter((_, index) => !removed.includes(index));
        expect(walk(left, signatures)).toEqual({ kind: 'removed', sequence: Math.min(...removed) + 1 });
      }),
    );
  });

  it('names the first of two entries that changed places', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { minLength: 2, maxLength: 2 }), ([a = 0, b = 0]) => {
        const swapped = original.map((entry, index) => {
          const other = index === a ? original[b] : index === b ? original[a] : entry;
          return { ...(other ?? entry), sequence: index + 1 };
        });
        expect(walk(swapped, signatures)).toMatchObject({ kind: 'reordered', sequence: Math.min(a, b) + 1 });
      }),
    );
  });

  it('knows a chain that was written anew, and since which signature', () => {
    const forged = chainOf(original.map((entry, index) => (index === 11 ? { ...entry, outcome: 'refused' } : entry)));
    expect(walk(forged, signatures)).toEqual({ kind: 'rewritten', sequence: 11 });
  });

  it('accepts no entries that nobody signed', () => {
    const withoutLast = new Map([...signatures].slice(0, -1));
    expect(walk(original, withoutLast)).toEqual({ kind: 'unsigned', sequence: 16 });
  });

  it('tells a forged signature from one of a key it does not have', () => {
    const last = original.at(-1) as SealedEntry;
    const stranger = signerWith('another-key-another-key-another-key');
    const { keyId } = checkpoint(last);
    const signedBy = (signature: Checkpoint) => walk(original, new Map([...signatures, [20, signature]]));
    expect(signedBy(checkpoint(last, stranger))).toMatchObject({ kind: 'unknown_key', sequence: 20 });
    expect(signedBy({ ...checkpoint(last, stranger), keyId })).toMatchObject({ kind: 'forged_checkpoint' });
  });

  describe('with proofs made when the entries were written', () => {
    /** Sealed as they are found, as the sealer does, with the proofs of what was written. */
    const sealed = (
      found: readonly EntryContent[],
      proofOf = (at: number) => signer.sign(entryStatement(content(at))),
    ) => {
      const entries = chainOf(found).map((entry) => ({ ...entry, proof: proofOf(entry.sequence) }));
      return walk(entries, new Map([[entries.length, checkpoint(entries.at(-1) as SealedEntry)]]));
    };
    const written = [1, 2, 3, 4, 5].map(content);

    it('finds nothing in what nobody touched', () => {
      expect(sealed(written)).toBeUndefined();
    });

    it('names an entry that was altered before it was sealed', () => {
      const field = fc.constantFrom(...(Object.keys(content(0)) as (keyof EntryContent)[]));
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 4 }), field, (index, name) => {
          const found = written.map((entry, at) => (at === index ? { ...entry, [name]: 'forged' } : entry));
          expect(sealed(found)).toMatchObject({ kind: 'altered', sequence: index + 1 });
        }),
      );
    });

    it('names an entry whose proof was taken away, or that never had one', () => {
      const entries = chainOf(written).map((entry) => ({
        ...entry,
        proof: entry.sequence === 3 ? null : signer.sign(entryStatement(content(entry.sequence))),
      }));
      expect(walk(entries, new Map())).toMatchObject({ kind: 'altered', sequence: 3 });
    });

    it('accepts entries of former versions before the first that has one', () => {
      const entries = chainOf(written).map((entry) => ({
        ...entry,
        proof: entry.sequence < 3 ? null : signer.sign(entryStatement(content(entry.sequence))),
      }));
      expect(walk(entries, new Map([[5, checkpoint(entries.at(-1) as SealedEntry)]]))).toBeUndefined();
    });

    it('tells an altered entry from one whose key is not here', () => {
      const stranger = signerWith('another-key-another-key-another-key');
      expect(sealed(written, (at) => stranger.sign(entryStatement(content(at))))).toMatchObject({
        kind: 'unknown_key',
        sequence: 1,
      });
    });
  });

  it('still believes what a former AUDIT_KEY signed, and no longer when it is forgotten', () => {
    const auditKey = 'first-audit-key-first-audit-key-1234';
    const secret = 'kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf';
    const before = signerWith(secret, [], { auditKey });
    const last = original.at(-1) as SealedEntry;
    const signed = new Map([[20, checkpoint(last, before)]]);
    const renewed = { auditKey: 'second-audit-key-second-audit-key-12' };
    expect(walk(original, signed, before)).toBeUndefined();
    expect(
      walk(original, signed, signerWith(secret, [], { ...renewed, previousAuditKeys: [auditKey] })),
    ).toBeUndefined();
    expect(walk(original, signed, signerWith(secret, [], renewed))).toMatchObject({
      kind: 'unknown_key',
      sequence: 20,
    });
  });

  it('still believes what a former secret signed', () => {
    const rotated = signerWith('another-key-another-key-another-key', ['kJ8s-2hQz_0vN4bX7mWc9dLr5tYp3uGf']);
    expect(walk(original, signatures, rotated)).toBeUndefined();
  });
});
