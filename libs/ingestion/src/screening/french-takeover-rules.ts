import { ASSISTANT, MACHINE } from './french-words';
import { command, gap, phrase, upTo, words, type InstructionRule } from './instruction-rule';

const ORDERS =
  'instructions?|consignes?|directives?|regles?|ordres?|prompts?|contraintes?|restrictions?|garde-fous?|messages? systeme';
const EARLIER =
  "precedente?s?|anterieure?s?|initiale?s?|ci-dessus|plus haut|d'origine|recue?s?|donnee?s?|systeme|jusqu'ici|jusqu'a present|prealables?|qui precedent|de ton|de tes|de securite";
const DROP =
  "ignore|ignores|ignorez|oublie|oublies|oubliez|neglige|negligez|outrepasse|outrepassez|contourne|contournez|desobeis aux?|passe outre|fais abstraction|faites abstraction|ne (?:respecte|suis|applique) (?:plus|pas)|n'obeis (?:plus|pas)(?: aux?)?|n'(?:applique|ecoute) (?:plus|pas)|cesse de (?:suivre|respecter)|arrete de (?:suivre|respecter)|tu (?:dois|peux|vas) (?:ignorer|oublier)|(?:merci|priere) d'(?:ignorer|oublier)|(?:veuillez|vous devez) (?:ignorer|oublier)";
const DISREGARD = 'ne tiens (?:plus|pas) compte|ne tenez (?:plus|pas) compte|ne pas tenir compte';
const SECRET_TEXT =
  "(?:prompts?|messages? systeme|(?:instructions?|consignes?|directives?|regles?) (?:systeme|initiales?|internes?|cachees?|secretes?|d'origine|de depart|confidentielles?)|configuration (?:interne|initiale)|cles? d'api|cles? secretes?|mots? de passe de l'administrateur)";
const TELL =
  'revele|revelez|affiche|affichez|montre|montrez|donne|donnez|recopie|recopiez|repete|repetez|imprime|imprimez|cite|citez|ecris|ecrivez|divulgue|divulguez|communique|communiquez|transmets|transmettez|envoie|envoyez|traduis|encode|resume|restitue|devoile|reproduis|copie|liste';

/** What takes an assistant over: other orders, another role, its own instructions told. French, folded. */
export const FRENCH_TAKEOVER_RULES: readonly InstructionRule[] = [
  command('override', 0.6, words(DROP), gap(40), words(ORDERS), gap(25), words(EARLIER)),
  command(
    'override',
    0.6,
    words(DROP),
    '\\s',
    upTo(2),
    words('toutes? (?:les|tes|vos)|tous (?:les|tes)|tes|ta|ton'),
    '\\s',
    upTo(2),
    words(ORDERS),
  ),
  phrase('override', 0.4, words(DISREGARD), gap(40), words(ORDERS), gap(25), words(EARLIER)),
  phrase('override', 0.6, words(DISREGARD), gap(20), words('tes|ton|ta'), '\\s', upTo(2), words(ORDERS)),
  command(
    'override',
    0.3,
    words('oublie|oublies|oubliez|ignore|ignorez'),
    '\\s',
    words('tout'),
    gap(20),
    words('ce qui precede|ce que|le reste'),
  ),
  phrase(
    'override',
    0.45,
    words('nouvelles? (?:instructions?|consignes?|directives?|regles?)'),
    gap(30),
    words('remplacent?|annulent?|prevalent|priment|prioritaires?'),
    gap(40),
    words('prompt|systeme|tes|assistant|ia'),
  ),
  phrase(
    'override',
    0.45,
    words(
      '(?:fin|debut) (?:des instructions|du prompt|du contexte|du document fourni)|nouvelles instructions (?:systeme|pour toi)',
    ),
  ),
  phrase(
    'identity',
    0.55,
    words('tu es|tu deviens|tu seras|vous etes|tu joues|tu incarnes'),
    '\\s',
    upTo(1),
    words('desormais|maintenant|a present|dorenavant|plus'),
    gap(30),
    words(`${MACHINE}|${ASSISTANT}|dan|mode|sans (?:restriction|limite|filtre|censure)s?|administrateur`),
  ),
  phrase(
    'identity',
    0.35,
    words("tu es|agis|comporte-toi|fais semblant d'etre|fais comme si tu etais"),
    '\\s',
    words("un|une|comme|en|l'|le|en tant que?"),
    gap(20),
    words(`${MACHINE}|${ASSISTANT}|expert sans`),
  ),
  phrase('identity', 0.2, words('tu es (?:desormais|dorenavant)')),
  phrase(
    'identity',
    0.55,
    words('mode (?:developpeur|maintenance|debogage|dieu|administrateur|sans filtre)'),
    gap(20),
    words('active|est active|actif|tu|desormais'),
  ),
  command('disclosure', 0.6, words(TELL), gap(40), words('ton|tes|ta|ce|votre'), '\\s', upTo(2), words(SECRET_TEXT)),
  command(
    'disclosure',
    0.4,
    words(TELL),
    gap(30),
    words('le|les|la'),
    '\\s',
    upTo(1),
    words(
      "prompt systeme|message systeme|(?:instructions?|consignes?) (?:systeme|initiales|cachees|secretes)|cles? d'api",
    ),
  ),
  phrase(
    'disclosure',
    0.4,
    words('quel(?:le)?s? (?:est|sont|etaient)'),
    '\\s',
    words('ton|tes'),
    '\\s',
    upTo(2),
    words(SECRET_TEXT),
  ),
  phrase(
    'override',
    0.6,
    words('desactive|leve|supprime|abandonne|retire|enleve|desactivez'),
    '\\s',
    words('toutes tes|tous tes|tes|ton|toute'),
    '\\s',
    upTo(1),
    words(
      'filtres?|contraintes?|restrictions?|protections?|garde-fous?|limites?|limitations?|regles?|censure|securites?',
    ),
  ),
  phrase(
    'override',
    0.55,
    words('mets fin a|interromps|arrete|abandonne|suspends|oublie|laisse tomber'),
    '\\s',
    words("ta|tes|ce qu'on t'a|ce que l'on t'a|ce qu'on vous a"),
    '\\s',
    words('taches?|missions?|demande|reponse|dit|objectifs?'),
  ),
  phrase(
    'override',
    0.5,
    words('nouvelles? (?:consignes?|instructions?|directives?|regles?)'),
    '\\s',
    words('systeme|prioritaires?|pour toi|du systeme'),
  ),
  phrase(
    'role_marker',
    0.45,
    words("ceci est|voici|il s'agit d'"),
    '\\s?',
    upTo(2),
    words('message|instruction|ordre|consigne|note'),
    '\\s',
    words("du|de|de la part du|de la part de l'"),
    '\\s?',
    words('systeme|developpeurs?|administrateur|openai|anthropic|mistral'),
  ),
  phrase(
    'identity',
    0.55,
    words('joue|jouer|endosse|endosser|prends|prendre|adopte|adopter|incarne|incarner'),
    '\\s',
    upTo(2),
    words('role|personnage|personnalite|identite'),
    gap(20),
    words(`${MACHINE}|dan|sans (?:restriction|limite|filtre|censure)s?`),
  ),
  phrase(
    'identity',
    0.45,
    words(MACHINE),
    gap(20),
    words("sans aucune?|sans|n'a aucune?|n'ayant aucune?"),
    '\\s',
    words('limites?|restrictions?|filtres?|censure|regles?'),
  ),
];
