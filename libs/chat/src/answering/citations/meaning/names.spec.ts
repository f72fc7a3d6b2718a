import { Claim } from '../claim';
import { EvidenceIndex } from '../evidence-index';
import { agreesOnFacts } from './hard-facts';

const agrees = (statement: string, language: string, text: string, title = 'Guide') => {
  const source = { marker: 1, documentId: 'd', chunkId: 'c', title, text, start: 0, end: text.length };
  const [indexed] = new EvidenceIndex([source]).all();
  const [sentence] = indexed!.passages[0]!.sentences;
  return agreesOnFacts({ claim: new Claim(statement, language), indexed: indexed!, sentence: sentence! });
};

describe('facts that meaning must not blur', () => {
  it.each([
    ['Le personnel a droit à cinq semaines de repos.', 'fr', 'La durée du congé payé est de 25 jours ouvrés.'],
    ['The leave lasts 25 working days.', 'en', 'La durée du congé payé est de 25 jours ouvrés.'],
    ['The notice is three months.', 'en', 'Le délai de préavis est de trois mois pour les cadres.'],
    ['The head of Human Resources, Mrs Lefebvre, decides.', 'en', 'Madame Lefebvre dirige les ressources humaines.'],
    ['The office in Germany opens on Monday.', 'en', 'Le bureau situé en Allemagne ouvre le lundi.'],
    ['Le taux de TVA est de 20 %.', 'fr', 'The VAT rate in force is 20 %.'],
    ['La dispense est accordée par la direction à Paris.', 'fr', 'Seul le siège peut en dispenser.', 'Siège de Paris'],
  ])('agree: %s (%s) and %s', (statement, language, text, title = 'Guide') => {
    expect(agrees(statement, language, text, title)).toBe(true);
  });

  it.each([
    ['a number', 'Le personnel a droit à 30 jours de repos.', 'fr', 'La durée du congé payé est de 25 jours ouvrés.'],
    ['a month', 'Le report va jusqu’au 31 mai.', 'fr', 'Le solde se prend avant le 31 mars.'],
    ['a number in words', 'Le délai est de quatre mois.', 'fr', 'Le préavis dure trois mois pour les cadres.'],
    ['a number in words across languages', 'The notice is four months.', 'en', 'Le préavis dure trois mois.'],
    ['a name', 'La dispense est accordée par Madame Durand.', 'fr', 'Madame Lefebvre peut en dispenser.'],
    ['a name at the beginning', 'Durand peut accorder une dispense.', 'fr', 'Madame Lefebvre peut en dispenser.'],
    ['a country', 'Le bureau se trouve en Espagne.', 'fr', 'The office is located in Germany.'],
    ['a denial', 'Le report est admis.', 'fr', 'Les congés ne peuvent pas être reportés.'],
    ['a denial that is not there', 'Leave cannot be carried over.', 'en', 'Les congés peuvent être reportés.'],
  ])('differ in %s: %s (%s) and %s', (_what, statement, language, text) => {
    expect(agrees(statement, language, text)).toBe(false);
  });
});
