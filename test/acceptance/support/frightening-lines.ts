/** What makes somebody who sees the product for the first time wonder whether it is broken. */
const FRIGHTENING =
  /warn|deprecat|EBADENGINE|\berr(?:or)?\b|erreur|fail|échec|exception|vulnerab|fund|^\s+at \S.*:\d+:\d+|\[\d+m/i;

const FRENCH = /Démarrage|Arrêt de|est prêt|est arrêté|Données|Installation des paquets|Un autre démarrage/;
const ENGLISH = /Starting MY-IA|Stopping MY-IA|is ready|has stopped|Installing packages|Another start/;

/** @param english the language the terminal asks for; the other one must not appear */
export const frighteningLines = (output: string, english: boolean): string[] =>
  output.split('\n').filter((line) => FRIGHTENING.test(line) || (english ? FRENCH : ENGLISH).test(line));
