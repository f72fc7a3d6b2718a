/**
 * One thing said in French and English, each in two ways that share no word that matters, and beside them something else said in
 * the words of the first way. Who compares words takes the last for the nearest.
 */
interface Notch {
  readonly fr: readonly [string, string];
  readonly en: readonly [string, string];
  readonly elsewhere: { readonly fr: string; readonly en: string };
}

const NOTCHES: readonly Notch[] = [
  {
    fr: [
      'Un employé malade doit prévenir son responsable.',
      'Tout salarié souffrant est tenu d’avertir son supérieur.',
    ],
    en: ['A sick employee must inform the manager.', 'Staff members who are ill have to notify their supervisor.'],
    elsewhere: { fr: 'Un responsable doit signer chaque facture.', en: 'A manager must sign every invoice.' },
  },
  {
    fr: ['Le mot de passe est renouvelé chaque trimestre.', 'Il faut changer son code secret tous les trois mois.'],
    en: ['The password is renewed every quarter.', 'You have to change your secret code once in three months.'],
    elsewhere: { fr: 'Le contrat est renouvelé chaque année.', en: 'The contract is renewed every year.' },
  },
  {
    fr: [
      'Le train est arrivé en retard à cause de la neige.',
      'Les intempéries hivernales ont ralenti le convoi ferroviaire.',
    ],
    en: ['The train arrived late because of the snow.', 'Winter weather delayed the railway service.'],
    elsewhere: {
      fr: 'Le paiement est arrivé en retard à cause de la banque.',
      en: 'The payment arrived late because of the bank.',
    },
  },
  {
    fr: [
      'Le couple a acheté une maison à la campagne.',
      'Les époux sont devenus propriétaires d’un logement en zone rurale.',
    ],
    en: ['The couple bought a house in the countryside.', 'Husband and wife became owners of a home in a rural area.'],
    elsewhere: {
      fr: 'Le musée a acheté un tableau à un collectionneur.',
      en: 'The museum bought a painting from a collector.',
    },
  },
];

/** Texts that are to be compared, and whether they say the same. */
export interface RuledPair {
  readonly texts: readonly [string, string];
  readonly isSame: boolean;
}

/** Languages a scale is measured for: both texts French, both English, or one of each. */
export type Relation = 'fr' | 'en' | 'across';

const inOneLanguage = (language: 'fr' | 'en'): RuledPair[] =>
  NOTCHES.flatMap(({ [language]: [first, second], elsewhere }) => [
    { texts: [first, second], isSame: true },
    { texts: [first, elsewhere[language]], isSame: false },
  ]);

const across = (): RuledPair[] =>
  NOTCHES.flatMap(({ fr, en, elsewhere }) => [
    { texts: [fr[0], en[0]], isSame: true },
    { texts: [fr[1], en[1]], isSame: true },
    { texts: [fr[0], elsewhere.en], isSame: false },
    { texts: [elsewhere.fr, en[0]], isSame: false },
  ]);

/** What an embedding model is measured with before anything it says counts. */
export const RULER: Readonly<Record<Relation, readonly RuledPair[]>> = {
  fr: inOneLanguage('fr'),
  en: inOneLanguage('en'),
  across: across(),
};

/** Every text of the ruler, once: 24 short ones. */
export const RULER_TEXTS: readonly string[] = [
  ...new Set(Object.values(RULER).flatMap((pairs) => pairs.flatMap(({ texts }) => texts))),
];
