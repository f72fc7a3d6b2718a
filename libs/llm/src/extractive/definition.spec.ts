import { definingOf } from './definition';
import { stem } from '#libs/text';

const defining = (text: string, asked: string, language = 'fr') =>
  definingOf(
    text,
    asked.split(' ').map((term) => stem(term, language)),
    language,
  );

describe('a definition', () => {
  it.each([
    ['Un fil d’Ariane est un repère dans le site.', 'fil ariane', 'fr'],
    ['Une « **Donnée ouverte** » : toute donnée que chacun peut reprendre.', 'donnée ouverte', 'fr'],
    ['Le rappel désigne la part de ce qui est retrouvé.', 'rappel', 'fr'],
    ['A column mask is a database object.', 'column mask', 'en'],
    ['Key performance indicators (KPI) are the figures a team is led by.', 'key performance indicators', 'en'],
  ])('begins with the thing itself: "%s"', (text, asked, language) =>
    expect(defining(text, asked, language)).toBe('exactly'),
  );

  it.each([
    ['La prise de focus du clavier est une étape.', 'focus', 'fr'],
    ['La découpeuse est rangée au fond.', 'découpeuse', 'fr'],
    ['This paper is about Row and Column Access Control (RCAC).', 'rcac', 'en'],
  ])('may be of something called by more words, or say less: "%s"', (text, asked, language) =>
    expect(defining(text, asked, language)).toBe('loosely'),
  );

  it.each([
    ['Without a security policy, there is no definition of it.', 'security policy', 'en'],
    ['Les consultants jugent sans fil d’Ariane.', 'fil ariane', 'fr'],
    ['Le plan du site est un repère.', 'fil ariane', 'fr'],
    ['Est un repère.', '', 'fr'],
  ])('is none: "%s"', (text, asked, language) => expect(defining(text, asked, language)).toBeUndefined());
});
