/** Asks for all there are: "quelles sont les ...", "que contient ...", "what are the ...", "list ...". */
const ASKS_FOR_ALL =
  /^\P{L}*(?:(?:et|mais|and|but)\s+)?(?:(?:(?:de|à|dans|avec|sur|pour) )?(?:quels|quelles|lesquels|lesquelles)\b|qui sont\b|(?:liste[rz]?|énumère[rz]?|énumérer|cite[rz]?|donne[rz]?(?:-moi)?)\s|que (?:doi(?:ven)?t|peu(?:ven)?t|faut|contien(?:nen)?t|compren(?:nen)?t|comporte(?:nt)?)\b|(?:what|which|who) (?:are|were)\b|which \p{L}+s\b|what \p{L}+s (?:are|were|do|does|did|can|must|should|have|has)\b|(?:list|name|enumerate)\b)|\b(?:la liste|the list|all the|tous les|toutes les)\b|\bwhat (?:must|should|does|do|can) .*\b(?:contain|include|comprise|address|cover|consist)\b/iu;
/** Asks for a value of each: "par zone", "by segment", "pour chaque produit"; not "par an", which is a unit, nor "par la loi". */
const ASKS_FOR_EACH =
  /(?<!\p{L})(?:(?:pour|de|à) chaque|par chaque|(?:for|of|in|by|per) (?:each|every)|selon les|(?:par|by|per)(?= (?!(?:an|année|mois|semaine|jour|jours|heure|minute|personne|mail|courriel|téléphone|écrit|défaut|exemple|rapport|year|month|week|day|hour|minute|person|phone|email|default|whom|qui|quoi|quel|quelle|le|la|les|un|une|des|ce|cette|ces|mon|ma|mes|son|sa|ses|nos|vos|leurs?|the|an?|this|these|my|his|her|its|our|your|their|[dl]['’]|[a-z]+ing)(?!\p{L}))\p{Ll})) ?/iu;

/** Whether an answer is a list or the rows of a table rather than one fact. */
export const asksForSeveral = (question: string): boolean =>
  ASKS_FOR_ALL.test(question) || ASKS_FOR_EACH.test(question);
