import { detectLanguage, foldAccents, isStopWord, tokenize, type Token } from '#libs/text';

/** A question with fewer words of content ("Et pour les cadres ?") leans on the one before. */
const SELF_SUFFICIENT_TERMS = 3;
/** In a longer question a pronoun most likely refers to something inside it. */
const MAX_ANAPHORIC_WORDS = 12;
/** Follow-ups of follow-ups: how far back a subject is looked for. */
const MAX_QUESTIONS = 4;
/** Longest query; what goes beyond adds noise, not subject. */
const MAX_BORROWED_TERMS = 12;

const OPENS_FOLLOW_UP =
  /^\s*(?:et|mais|ou bien|donc|alors|sinon|la? meme|meme chose|idem|dans ce cas|pareil|and|but|or|so|then|what about|how about|same|in that case|otherwise)\b/u;
/** Pronouns and demonstratives that point back. */
const POINTS_BACK =
  /\b(?:il|elle|ils|elles|lui|leur|celui|celle|ceux|celles|cela|ca|ceci|cette|cet|ces|son|sa|ses|it|its|he|she|they|them|their|his|her|this|that|these|those|one|ones)\b/u;
/** What was told first or last, and French pronouns that are short words of other trades, too. */
const POINTS_AT_PLACE =
  /\b(?:ce dernier|cette derniere|ces dernier(?:e?s)|le premier|la premiere|le second|la seconde|les deux|l'autre|les autres|la-dessus|the former|the latter|the other|the others|the first one|the second one|both of)\b|\b(?:j|t|m|l|n|s|qu|on|comment|combien|qui|quand|ou|pourquoi)['’\s]+(?:y|en)\s+\p{L}/u;

/** Content words of either language of the product. */
const contentTokens = (text: string): Token[] =>
  tokenize(text).filter(({ term }) => !isStopWord(term, 'fr') && !isStopWord(term, 'en'));

/** Whether a question makes sense only after the one before. */
export const isFollowUp = (question: string): boolean => {
  const folded = foldAccents(question.toLowerCase());
  if (OPENS_FOLLOW_UP.test(folded)) return true;
  const pointsBack = POINTS_AT_PLACE.test(withoutImpersonal(folded));
  if (contentTokens(question).length < SELF_SUFFICIENT_TERMS) return pointsBack || !hasName(question);
  if (pointsBack) return true;
  // "ces" and "it" also open sentences that stand alone, so length decides.
  return POINTS_BACK.test(withoutImpersonal(folded)) && tokenize(question).length <= MAX_ANAPHORIC_WORDS;
};

/** "Qui est Victor Hugo ?" is short and lacks nothing: several words of content, and a name among them. */
const hasName = (question: string): boolean => {
  const terms = contentTokens(question);
  return terms.length > 1 && terms.some(({ start, end }) => start > 0 && /^\p{Lu}/u.test(question.slice(start, end)));
};

/** "y a-t-il", "est-ce que", "is it possible": words that point at nothing. */
const withoutImpersonal = (folded: string): string =>
  folded.replaceAll(
    /\b(?:y a-t-il|il y a|s'il|qu'est-ce|est-ce|faut-il|il faut|il est|est-il|is it|it is|is there|are there)\b/gu,
    ' ',
  );

/**
 * What to search for: the question, and for a follow-up the content words of the questions it leans on.
 * @param previous earlier questions of the conversation, newest first
 */
export const retrievalQuery = (question: string, previous: readonly string[]): string => {
  const borrowed: string[] = [];
  const known = new Set(contentTokens(question).map(({ term }) => term));
  let current = question;
  for (const earlier of previous.slice(0, MAX_QUESTIONS)) {
    if (!isFollowUp(current)) break;
    for (const { term, start, end } of contentTokens(earlier)) {
      if (known.has(term)) continue;
      known.add(term);
      borrowed.push(earlier.slice(start, end));
    }
    current = earlier;
  }
  return [question, ...borrowed.slice(0, MAX_BORROWED_TERMS)].join(' ');
};

/** The language to answer in: the question's when it is one of ours, else the caller's. */
export const answerLocale = <L extends string>(question: string, fallback: L): L | 'fr' | 'en' => {
  const language = detectLanguage(question);
  return language === 'fr' || language === 'en' ? language : fallback;
};
