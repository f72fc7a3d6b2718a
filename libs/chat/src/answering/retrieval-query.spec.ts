import { answerLocale, isFollowUp, retrievalQuery } from './retrieval-query';

describe('the query of a question', () => {
  it('is the question alone when it stands alone', () => {
    const question = 'Combien de jours de congés annuels ont les employés ?';
    expect(retrievalQuery(question, ['Quel est le plafond d’hôtel à Paris ?'])).toBe(question);
  });

  it('borrows the words of content of the question before when it is short', () => {
    expect(retrievalQuery('Et pour les cadres ?', ['Quel est le délai de préavis des employés ?'])).toBe(
      'Et pour les cadres ? délai préavis employés',
    );
  });

  it('reaches through follow-ups to the subject', () => {
    expect(retrievalQuery('Pourquoi ?', ['Et pour les cadres ?', 'Quel est le délai de préavis des employés ?'])).toBe(
      'Pourquoi ? cadres délai préavis employés',
    );
  });

  it('is the question alone when there is none before', () => {
    expect(retrievalQuery('Et pour les cadres ?', [])).toBe('Et pour les cadres ?');
  });

  it.each([
    'Et à Paris ?',
    'What about managers?',
    'Quel est son plafond annuel maximal ?',
    'Who approves it every single year?',
  ])('takes %s for a follow-up', (question) => expect(isFollowUp(question)).toBe(true));

  it.each([
    'Y a-t-il un plafond annuel de remboursement ?',
    'Is it possible to carry annual leave over?',
    'Quel est le délai de préavis des cadres ?',
  ])('takes %s for a question of its own', (question) => expect(isFollowUp(question)).toBe(false));
});

describe('the language of an answer', () => {
  it('is the one of the question, else the one of the caller', () => {
    expect(answerLocale('How many days of leave are there?', 'fr')).toBe('en');
    expect(answerLocale('Combien de jours de congés ?', 'en')).toBe('fr');
    expect(answerLocale('42 ?', 'fr')).toBe('fr');
  });
});
