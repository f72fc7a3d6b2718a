/** What an answer must hold to be one: a number, a date, a name, a place, a reason, a definition, what to do. */
export type QuestionKind = 'number' | 'date' | 'person' | 'place' | 'reason' | 'definition' | 'procedure' | 'open';

/** First match wins: "quelle est la date" is also a definition by its form. */
const QUESTIONS: readonly (readonly [QuestionKind, RegExp])[] = [
  [
    'date',
    /^\P{L}*(?:(?:et|mais|and|but)\s+)?(?:depuis |jusqu['’]à |since |until )?(?:quand|when)\b|(?:quand|when)\P{L}*$|\b(?:en quelle année|(?:à )?quel(?:le)?s? (?:est |était |fut )?(?:la |le )?(?:date|année|période|époque|jour|mois|siècle|échéance)|date d|(?:what|which) (?:is the )?(?:date|year|day|month|century|deadline))/iu,
  ],
  [
    'number',
    /\b(?:combien|quel(?:le)?s? (?:est |était |sont )?(?:le |la |les )?(?:nombre|somme|montant|taux|pourcentage|population|superficie|prix|coût|durée|âge|distance|hauteur|longueur|vitesse|part|proportion|délai|plafond|tarif|seuil)|how (?:many|much|long|old|far|often|high|big)|what (?:is |are |was )?(?:the )?(?:number|amount|rate|percentage|population|price|cost|duration|age|distance|height|length|speed|share|limit|maximum|minimum|period))/iu,
  ],
  [
    'definition',
    /(?:qu['’]est[- ]ce qu|que (?:signifie|désigne|veut dire)|définition|définir|^(?:what|who) (?:is|are) (?:an? |the )?[\p{L}-]+(?: [\p{L}-]+)? ?\??$|what does .{1,40} mean|meaning of|definition)/iu,
  ],
  ['person', /\b(?:qui|quel(?:le)? (?:personne|personnage|auteur|responsable)|who|whom|whose)\b/iu],
  [
    'place',
    /(?:^|[^\p{L}])(?:où|dans quel(?:le)? (?:ville|pays|région|lieu)|quel(?:le)? (?:ville|pays|lieu)|where)(?:[^\p{L}]|$)/iu,
  ],
  ['reason', /\b(?:pourquoi|raison|cause|why|reason)/iu],
  [
    'procedure',
    /\b(?:comment (?:puis|peut|faire|dois|doit|\p{L}+(?:er|ir|re|oir)\b)|que (?:faire|dois|faut)|quelles? (?:sont les )?étapes|how (?:do|can|should|to)|what (?:should|must|do|can) (?:i|we|you|one) do|steps? to)/iu,
  ],
];

/** "un" is an article more often than a number, but not before a unit; "gratuit" is an amount too. */
const NUMBER =
  /\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille|million|milliard|moitié|tiers|quart|double|triple|dizaine|vingtaine|centaine|millier|aucune?|gratuite?|illimitée?|two|three|four|five|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|billion|half|third|quarter|dozen|none|free|unlimited|once|twice)s?\b|\b(?:une?|an?|one|each|per|par) (?:an|année|mois|semaine|jour|heure|minute|fois|seule?|euro|year|month|week|day|hour|time|single)\b/iu;
const DATE =
  /\b(?:1\d{3}|20\d\d)\b|\d{1,2}[/.]\d{1,2}|siècle|century|(?:^|[^\p{L}])(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|(?:(?:in|of|by|until|since|\d) )(?:march|may)|(?:march|may)(?= \d)|april|june|july|august|september|october|november|december|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday)(?:[^\p{L}]|$)/iu;
const NAME = /(?<=[\p{L},;:»)]\s|['’])\p{Lu}\p{L}+/u;
const PLACE = /\b(?:à|en|au|aux|dans|près de|in|at|near)\s(?:l[ae]\s|l['’]|the )?\p{Lu}/u;
const REASON =
  /\b(?:car|parce|afin|puisque|cause|raison|grâce|permet|dû|due|because|since|reason|in order to|so that)\b/iu;
const OPENS_REASON =
  /^(?:en effet|car|parce que|puisque|c['’]est (?:parce|dû)|ce(?:la|ci) (?:est dû|s['’]explique|tient|vient)|la (?:raison|cause)|(?:this|that|it) is because|because|the (?:reason|cause)|indeed)(?!\p{L})/iu;
const INSTRUCTION =
  /^(?:\p{L}+ez|ne|pour|cliquez|[A-Z][a-z]+ the|run|use|set|start|stop|open|put|make|add|install|look|see|fetch|copy|move|delete|bring|press|click|select|choose|to)(?:\s|$)|(?:^|[^\p{L}])(?:devez|pouvez|faut|must|should|you can)(?:[^\p{L}]|$)/iu;
const COPULA = /\b(?:est|sont|désigne|signifie|correspond|consiste|is|are|means|refers)\b/iu;

/** Definitions come early in their sentence: "X est ...". */
const DEFINITION_REACH = 80;

const HINTS: Readonly<Record<QuestionKind, (sentence: string) => boolean>> = {
  number: (sentence) => NUMBER.test(sentence),
  date: (sentence) => DATE.test(sentence),
  person: (sentence) => NAME.test(sentence),
  place: (sentence) => PLACE.test(sentence),
  reason: (sentence) => REASON.test(sentence),
  definition: (sentence) => COPULA.test(sentence.slice(0, DEFINITION_REACH)),
  procedure: (sentence) => INSTRUCTION.test(sentence),
  open: () => false,
};

export const kindOf = (question: string): QuestionKind =>
  QUESTIONS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'open';

/** Whether a sentence gives the reason of what was said before it. */
export const opensReason = (sentence: string): boolean => OPENS_REASON.test(sentence);

/** Whether a sentence holds what a question of this kind asks for. */
export const fitsKind = (kind: QuestionKind, sentence: string): boolean => HINTS[kind](sentence);
