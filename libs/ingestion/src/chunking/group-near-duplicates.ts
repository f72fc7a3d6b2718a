import { fingerprintDistance } from './fingerprint';

/**
 * Passages of some hundred words in which a sentence differs are up to this far apart; Google's web crawler used the same
 * number for 64 bits (Manku et al. 2007).
 */
const MAX_DISTANCE = 3;
/** One more than the distance: of so many bands, two near fingerprints share at least one. */
const BANDS = 4;
const BAND_BITS = 16n;
const BAND_MASK = 0xffffn;

const bandsOf = (fingerprint: bigint): string[] => {
  const bits = BigInt.asUintN(64, fingerprint);
  return Array.from(
    { length: BANDS },
    (_, band) => `${String(band)}:${String((bits >> (BigInt(band) * BAND_BITS)) & BAND_MASK)}`,
  );
};

interface Group<Item> {
  readonly fingerprint: bigint;
  readonly items: Item[];
}

/**
 * Puts together what nearly says the same. Each item joins the first group whose first item is near; groups of one are left
 * out. Takes about linear time.
 */
export const groupNearDuplicates = <Item extends { readonly fingerprint: bigint }>(items: Iterable<Item>): Item[][] => {
  const byBand = new Map<string, Group<Item>[]>();
  const groups: Group<Item>[] = [];
  for (const item of items) {
    const bands = bandsOf(item.fingerprint);
    const near = bands
      .flatMap((band) => byBand.get(band) ?? [])
      .find(({ fingerprint }) => fingerprintDistance(fingerprint, item.fingerprint) <= MAX_DISTANCE);
    if (near) {
      near.items.push(item);
      continue;
    }
    const group = { fingerprint: item.fingerprint, items: [item] };
    groups.push(group);
    for (const band of bands) byBand.set(band, [...(byBand.get(band) ?? []), group]);
  }
  return groups.map(({ items: found }) => found).filter(({ length }) => length > 1);
};
