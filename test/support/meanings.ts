/*
 * A small dictionary for model servers that embed: words of one line mean the same to it, in French and English. It knows what
 * embedding models are measured with (libs/chat/src/answering/citations/meaning/ruler.ts) and the handbook of test/chat.
 */
const SAME: readonly string[] = [
  'employé salarié salariés personnel staff members employee employees',
  'malade souffrant sick ill',
  'prévenir avertir inform notify',
  'responsable supérieur manager supervisor',
  'passe code secret password',
  'renouvelé changer renewed change',
  'trimestre trois mois quarter three months',
  'train convoi ferroviaire railway service',
  'retard ralenti late delayed',
  'neige intempéries hivernales snow winter weather',
  'couple époux husband wife',
  'acheté devenus propriétaires bought became owners',
  'maison logement house home',
  'campagne zone rurale countryside rural area',
  'congés annuels repos leave',
  'frais dépenses expenses',
  'déplacement mission travel',
  'remboursés rendus refunded',
  'jours semaines days weeks',
];
const NOTHING = new Set(
  'chaque tous every once faut your dans pour avec être sont dispose within after was have must dispose temps plein cinq deux ouvrés vous'.split(
    ' ',
  ),
);

const MEANINGS = new Map(SAME.flatMap((line, meaning) => line.split(' ').map((word) => [word, `meaning ${meaning}`])));
/** Articles and the like say nothing. */
const MIN_LETTERS = 4;

/** What a text means, each meaning once; words the dictionary does not know stand for themselves. */
export const meaningsOf = (text: string): readonly string[] => {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const said = words.filter((word) => MEANINGS.has(word) || (word.length >= MIN_LETTERS && !NOTHING.has(word)));
  return [...new Set(said.map((word) => MEANINGS.get(word) ?? word))];
};
