import { foldAccents } from '#libs/text';

/** Whether a clause affirms or denies; `unsure` where words as "only", "without" or "at most" do a little of both. */
export type Polarity = 'affirmed' | 'denied' | 'unsure';

const DENIED: readonly RegExp[] = [
  /\b(?:ne|n')\s?.{0,40}?\b(?:pas|jamais|aucun|aucune|rien|plus|personne|nul|nulle|guere|nullement)\b/u,
  /\b(?:aucun|aucune|nul|nulle|rien|personne)\b.{0,40}?\b(?:ne\b|n')/u,
  /\b(?:not|never|cannot|nobody|nothing|neither|none|no)\b|n't\b/u,
];

/**
 * What denies without a negation, limits, or turns a negation into a limit: "forbidden" says what "may not" says, "no later
 * than" what "at the latest" says. Wherever one of these stands, two texts may agree in other words.
 */
const UNSURE: readonly RegExp[] = [
  /\b(?:sans|sauf|hors|excepte\w*|hormis|sinon|non|ni|faute|absence|seul\w*|uniquement|exclusivement|notamment|limit\w*)\b/u,
  /\b(?:interdi\w*|defend\w*|impossib\w*|exclu\w*|refus\w*|empech\w*|evit\w*|rare\w*|inutil\w*|illegal\w*|dispens\w*|exempt\w*|gratuit\w*)\b/u,
  /\b(?:au plus|au moins|au maximum|au minimum|maxim\w*|minim\w*|plus de|moins de|depass\w*|exced\w*|jusqu'\w+|avant|encore)\b/u,
  /\b(?:without|except|unless|otherwise|only|solely|lack\w*|absence|fail\w*|den(?:y|ies|ied)|forbid\w*|forbidden|prohibit\w*|impossible|exclud\w*)\b/u,
  /\b(?:refus\w*|prevent\w*|avoid\w*|rarely|hardly|unable|free|exempt\w*|limit\w*|maximum|minimum|exceed\w*|until|before|yet)\b/u,
  /\b(?:at most|at least|up to|(?:no|not) (?:\w+er|more|less|just|merely) than|not just|not merely|no \d)/u,
  // A relative clause denies for itself alone, and its end cannot be seen.
  /\b(?:qui|dont|lequel|laquelle|who|which|that)\b.{0,15}?\b(?:ne\b|n'|not\b|no\b|\w+n't\b)/u,
];
/** `ne ... que` restricts, `ne` alone (`avant qu'il ne parte`) says nothing. */
const MAY_DENY = /\b(?:ne\b|n'|pas\b)/u;

const polarityOfFolded = (folded: string): Polarity => {
  if (UNSURE.some((words) => words.test(folded))) return 'unsure';
  if (DENIED.some((words) => words.test(folded))) return /\b(?:que|qu')/u.test(folded) ? restricted(folded) : 'denied';
  return MAY_DENY.test(folded) ? 'unsure' : 'affirmed';
};

/** `n'est pas que` and `ne ... plus que` limit; a `que` before the negation opens a clause and limits nothing. */
const restricted = (folded: string): Polarity =>
  /\b(?:pas|plus|rien|jamais)\b.{0,20}?\b(?:que|qu')/u.test(folded) ? 'unsure' : 'denied';

/** French and English at once: an answer may be in another language than its source. */
export const polarityOf = (text: string): Polarity =>
  polarityOfFolded(foldAccents(text.toLowerCase()).replaceAll(/[’ʼ]/gu, "'"));

const CLAUSE_ENDS =
  /[;()–—]|[,:](?!\d)|\b(?:mais|toutefois|cependant|tandis que|alors que|but|however|although|whereas|while)\b/iu;

/** Parts of a sentence that may affirm and deny apart from each other. */
export const clausesOf = (sentence: string): string[] =>
  sentence.split(CLAUSE_ENDS).filter((clause) => /[\p{L}\p{N}]/u.test(clause));
