/** French words of several rules, as `words(...)` takes them: folded, so without accents. */
export const MACHINE =
  "ias?|outils? d'ia|intelligences? artificielles?|modeles? de langage|modeles? d'ia|modele linguistique|llms?|chatbots?|agents? conversationnels?|assistants? (?:ia|virtuels?|numeriques?|conversationnels?|intelligents?|automatiques?)|gpt|chatgpt|copilot|systeme d'ia|robots? conversationnels?";
export const ASSISTANT =
  'assistant(?!e?s?\\s(?:social|dentaire|maternel|familial|de|du|des|commercial|technique|administrati|juridique|parlementaire|chef|medical|veterinaire|export|manager|achats|rh|paie))';
