import { foldAccents } from '#libs/text';

/** How models say, in French and English, that the sources do not answer. Matched on lowercase text without accents. */
const REFUSALS: readonly RegExp[] = [
  /\bje (?:ne|n')\s?(?:sais|trouve|dispose|peux|suis|vois|ai)\b.{0,60}\b(?:pas|aucun|aucune|rien)\b/u,
  /\b(?:sources?|documents?|extraits?|passages?|textes?|contexte|informations?)\b.{0,60}\b(?:ne|n')\s?\w+(?: pas| aucun| aucune| rien|-ils pas)\b.{0,50}\b(?:repon|reponse|question|information|mention|preci|indi|trait|parl|contien|contenu|abord|fourni|evoqu|permett|trouv|sujet|propos|donn)/u,
  /\b(?:sources?|documents?|extraits?|passages?|textes?|contexte)\b.{0,60}\b(?:ne|n')\s?(?:repond|permet|contien|mentionn|precis|indiqu|trait|parl|abord|fourni|evoqu|donn|di)\w*\b.{0,20}\b(?:pas|aucun|aucune|rien)\b/u,
  /\b(?:aucun|aucune|pas d')\s?(?:\w+ ){0,2}(?:information|source|document|passage|extrait|reponse|mention|element|element)s?\b.{0,80}\b(?:repon|question|sources?|documents?|fourni|disponible|trouv|permet|mentionn|sujet|ne\b|n')/u,
  /\b(?:impossible|pas possible|pas en mesure|incapable) de (?:repondre|trouver|determiner|dire)\b/u,
  /\bi (?:do not|don't|cannot|can't|could not|couldn't|am unable to|am not able to) (?:know|find|answer|determine|have|see|tell)\b/u,
  /\b(?:sources?|documents?|excerpts?|passages?|texts?|context|information)\b.{0,60}\b(?:do not|does not|don't|doesn't|did not|cannot|can't|never) (?:\w+ )?(?:answer|contain|mention|provide|say|specify|state|include|address|cover|give|discuss|indicate|allow|support)/u,
  /\b(?:no|not any|not enough|insufficient) (?:\w+ ){0,2}(?:information|sources?|documents?|mention|answer|passages?|evidence)\b.{0,80}\b(?:answer|question|sources?|documents?|provided|available|found|about|on|regarding|in)\b/u,
  /\b(?:is|are) not (?:\w+ )?(?:mentioned|specified|stated|provided|addressed|covered|answered|found|included|discussed) (?:\w+ ){0,2}(?:in|by) (?:the |any |these |your )?(?:\w+ )?(?:sources?|documents?|excerpts?|passages?|texts?|context)/u,
];

/** Whether a sentence says that the sources hold no answer. Written by rules: the verdict must not depend on a model. */
export const saysNoAnswer = (sentence: string): boolean => {
  const folded = foldAccents(sentence.toLowerCase()).replaceAll(/[’ʼ]/g, "'");
  return REFUSALS.some((refusal) => refusal.test(folded));
};
