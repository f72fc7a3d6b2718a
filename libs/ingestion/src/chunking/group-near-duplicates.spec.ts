import fc from 'fast-check';

import { fingerprintDistance, fingerprintOf } from './fingerprint';
import { groupNearDuplicates } from './group-near-duplicates';

const CLAUSE =
  'Le preneur s’engage à entretenir les lieux loués, à payer le loyer au terme convenu et à ne rien y changer sans accord écrit. ';
const letter = (city: string) =>
  `${Array.from({ length: 12 }, (_, place) => `Article ${String(place)}. ${CLAUSE}`).join('')}Fait à ${city}.`;

describe('fingerprints', () => {
  it('do not see case, punctuation and white space', () => {
    expect(fingerprintOf('Le Loyer, est dû :\n le 5.')).toBe(fingerprintOf('le loyer est dû le 5'));
  });

  it('are near for texts that differ in a word, and far for others', () => {
    expect(fingerprintDistance(fingerprintOf(letter('Nîmes')), fingerprintOf(letter('Lyon')))).toBeLessThanOrEqual(3);
    const other = 'La piscine municipale ouvre à neuf heures ; le bassin des enfants ferme plus tôt en hiver.';
    expect(fingerprintDistance(fingerprintOf(letter('Nîmes')), fingerprintOf(other))).toBeGreaterThan(10);
  });

  it('fit into the signed 64 bits of a database column', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const fingerprint = fingerprintOf(text);
        expect(BigInt.asIntN(64, fingerprint)).toBe(fingerprint);
      }),
    );
  });
});

describe('groupNearDuplicates', () => {
  it('puts near ones together and leaves out what stands alone', () => {
    const items = [letter('Nîmes'), 'Tout autre chose.', letter('Lyon'), letter('Paris')].map((text) => ({
      text,
      fingerprint: fingerprintOf(text),
    }));
    expect(groupNearDuplicates(items).map((group) => group.map(({ text }) => text.slice(-6)))).toEqual([
      ['Nîmes.', ' Lyon.', 'Paris.'],
    ]);
  });

  it('finds every fingerprint within three bits of the first', () => {
    const bits = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), bits, (fingerprint, flipped) => {
        const near = BigInt.asIntN(
          64,
          flipped.reduce((value, bit) => value ^ (1n << BigInt(bit)), fingerprint),
        );
        expect(groupNearDuplicates([{ fingerprint }, { fingerprint: near }])).toHaveLength(1);
      }),
    );
  });
});
