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
    'Mais pour un temps partiel de moins de vingt heures ?',
    'Pourquoi ?',
    'Peux-tu préciser ?',
    'Plus de détails',
    'Quel est son plafond annuel maximal ?',
    'Combien en reste-t-il à la fin du contrat ?',
    'Comment y accéder depuis un téléphone portable ?',
    'Quel est le montant de ce dernier après déduction ?',
    'Lequel des contrats convient à celui qui débute ?',
    'Dans ce cas, quel délai faut-il respecter ?',
    'La même question pour les stagiaires étrangers',
    'Quelles sont les conditions pour les autres salariés ?',
    'What about managers?',
    'Who approves it every single year?',
    'How long does the latter take to be approved?',
    'And for part-time employees abroad?',
    'In that case, what notice period applies?',
    'Can you elaborate?',
    'When are they paid during the year?',
  ])('takes %s for a follow-up', (question) => expect(isFollowUp(question)).toBe(true));

  it.each([
    'Y a-t-il un plafond annuel de remboursement ?',
    'Quel est le délai de préavis des cadres ?',
    'Faut-il une autorisation pour le télétravail régulier ?',
    'Qui est Victor Hugo ?',
    'Combien de congés en 2024 pour les salariés ?',
    'Où se trouve le siège de la société Durand ?',
    'Is it possible to carry annual leave over?',
    'Who is Ada Lovelace?',
    'What is the notice period for managers?',
    'How are travel expenses refunded in Germany?',
  ])('takes %s for a question of its own', (question) => expect(isFollowUp(question)).toBe(false));
});

describe('the language of an answer', () => {
  it('is the one of the question, else the one of the caller', () => {
    expect(answerLocale('How many days of leave are there?', 'fr')).toBe('en');
    expect(answerLocale('Combien de jours de congés ?', 'en')).toBe('fr');
    expect(answerLocale('42 ?', 'fr')).toBe('fr');
  });
});
