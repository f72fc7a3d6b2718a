import { isMiscounted } from '../counts';
import { namesAnother, type Comparison } from './names';

const holdsFacts = ({ claim, sentence: { values } }: Comparison): boolean =>
  claim.facts.every(({ readings }) => readings.some((reading) => values.has(reading)));

/** `cinq semaines` may be 25 days, but not of a sentence that counts nothing, nor of one that says six weeks. */
const countsAlike = ({ claim, indexed, sentence: { counts, values } }: Comparison): boolean =>
  claim.countsIn(indexed.language).every((count) => values.size > 0 && !isMiscounted(count, counts));

/** Of a sentence as a whole: in other words, nobody can tell which of its clauses a statement speaks of. */
const agreesInKind = ({ claim: { polarity: kind }, sentence: { clauses } }: Comparison): boolean => {
  const kinds = new Set(clauses.map(({ polarity }) => polarity));
  if (kind === 'unsure' || kinds.has('unsure')) return true;
  return kinds.has('denied') === (kind === 'denied');
};

/**
 * Whether meaning may count at all: an embedding hardly tells apart what differs in a number, a name or a "not". So each number,
 * date and name of the statement must stand in the sentence, and neither may deny what the other affirms.
 */
export const agreesOnFacts = (comparison: Comparison): boolean =>
  holdsFacts(comparison) && agreesInKind(comparison) && countsAlike(comparison) && !namesAnother(comparison);
