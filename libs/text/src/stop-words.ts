const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/**
 * Function words only (articles, pronouns, prepositions, auxiliaries, question words): a word that can name a subject
 * stays a term. Forms without accents are listed too, because people type without them.
 */
const FRENCH = list(`
  au aux avec ce cet cette ces cela ça ca ceci celui celle ceux celles chez comme comment combien contre dans de des du
  depuis donc dont duquel laquelle lequel lesquels lesquelles desquels desquelles auquel auxquels elle elles en entre
  est-ce et etc eux hors il ils je j là la le les leur leurs lui ma mais me même meme mêmes memes mes mien mienne moi
  mon ne ni nos notre nous on or ou où par parce pas pendant plus pour pourquoi quand que quel quelle quelles quels qui
  quoi sa sans se selon ses si sien sienne soi son sous sur ta te tes toi ton tout toute toutes tous très tres tu un une
  uns unes vers via voici voilà voila vos votre vous y à a ai as avons avez ont aie ait aient avait avais avaient avions
  aviez aura aurait auront auraient auras aurai ayant eu eue eues eus suis es est sommes êtes etes sont soit soient sera
  serait seront seraient seras serai serez serons sois étais etais était etait étions etions étaient etaient étant etant
  fut furent fût peut peuvent pouvez pouvons pouvoir pourrait doit doivent doit-on dois faut fait faire font fais
  aussi ainsi alors après apres avant afin car d l qu s n t m c puis lors lorsque puisque quoique tandis jusque
  aujourd'hui quelqu'un chaque aucun aucune autre autres certains certaines plusieurs quelque quelques tel telle tels
  telles ci oui non
`);

const ENGLISH = list(`
  a about above after again against all also am an and any are aren't as at be because been before being below between
  both but by can cannot can't could couldn't did didn't do does doesn't doing don't down during each either else few for
  from further had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in into is
  isn't it its itself just may me might more most must my myself no nor not of off on once only or other our ours
  ourselves out over own same shall shan't she should shouldn't so some such than that the their theirs them themselves
  then there these they they're they've this those through to too under until up upon us very was wasn't we we're we've
  were weren't what when where whether which while who whom whose why will with won't would wouldn't you your yours
  yourself yourselves i'm i've you're you've it's that's there's per via s t
`);

const LISTS: Readonly<Record<string, ReadonlySet<string>>> = { fr: FRENCH, en: ENGLISH };

/** Whether a {@link tokenize} term is a function word. Only French and English have a list; elsewhere IDF must do. */
export const isStopWord = (term: string, language: string): boolean => LISTS[language]?.has(term) ?? false;

/** Also function words of Spanish, Italian, Portuguese or Dutch: no evidence of French. */
const SHARED = list('de la le es me te se que un si tu son en des a la ma via');

/** Function words that only French, or only English, has: evidence of the language of a short text. */
export const languageEvidence = (terms: readonly string[]): { fr: number; en: number } => {
  const evidence = { fr: 0, en: 0 };
  for (const term of terms) {
    const french = FRENCH.has(term);
    if (french === ENGLISH.has(term) || SHARED.has(term)) continue;
    evidence[french ? 'fr' : 'en'] += 1;
  }
  return evidence;
};
