import type { ChatSource } from '../chat-model';
import { extractAnswer } from './extract-answer';

const answer = (question: string, sources: readonly (Partial<ChatSource> & { readonly text: string })[]) =>
  extractAnswer({
    question,
    sources: sources.map((source, at) => ({ marker: at + 1, title: 'Atelier', score: 1, ...source })),
  }).map(({ text }) => text);

describe('who made a text', () => {
  const BOOK = { title: 'Sports d’hiver en Savoie', score: 0.4 };
  const BODY = { title: BOOK.title, text: 'Tout ce qu’il a écrit sur les sports d’hiver en Savoie fait sourire.' };

  it.each([
    'Auteur : Paul Martin',
    'Anne Morel, Paul Martin et Jeanne Le Goff',
    'Un livre illustré, par Anne Morel',
    'Anne Morel a écrit ce livre sur les sports d’hiver.',
  ])('is told by "%s"', (line) => {
    const sources = [BODY, { ...BOOK, text: `${line}\n\nImprimé à Chambéry par la maison Durand.` }];
    expect(answer('Qui a écrit « Sports d’hiver en Savoie » ?', sources)).toEqual([line]);
  });

  it('is not told by sentences about writing, nor by who printed it', () => {
    const printed = { ...BOOK, text: 'Credits: Produced by Chuck Greif' };
    expect(answer('Qui a écrit « Sports d’hiver en Savoie » ?', [BODY, printed])).toEqual([]);
  });

  it('is the sender of a mail', () => {
    const text = 'From: Anne Morel <anne@example.org>\nTo: Paul Martin <paul@example.org>\nSubject: Keys of the cellar';
    expect(answer('Who sent the keys of the cellar?', [{ title: 'Keys of the cellar', text }])).toEqual([
      'From: Anne Morel <anne@example.org>',
    ]);
  });

  it('is no answer to other questions', () => {
    const text = 'Anne Morel, Paul Martin et Jeanne Le Goff\n\nPaul Martin répare la scie le samedi.';
    expect(answer('Qui répare la scie ?', [{ text }])).toEqual(['Paul Martin répare la scie le samedi.']);
  });
});

describe('an answer', () => {
  it('is the value below the label that is asked for', () => {
    const sources = [
      { text: 'Le guide de la scie applique l’arrêté du 29 avril 2015 et la loi de 2005.' },
      { title: 'Guide de la scie', text: 'Dernière mise à jour : 07/07/2016\n\nGuide de la scie' },
    ];
    expect(answer('Quand le guide de la scie a-t-il été mis à jour ?', sources)[0]).toBe(
      'Dernière mise à jour : 07/07/2016',
    );
  });

  it('does not send the reader elsewhere where something is said', () => {
    const text = 'Le tableau 3-2 liste les neuf réglages de la scie. La scie a neuf réglages de base.';
    expect(answer('Combien de réglages a la scie ?', [{ text }])[0]).toBe('La scie a neuf réglages de base.');
  });

  it('goes on to the reason behind what it is the reason of', () => {
    const text =
      'La scie à ruban reste interdite le soir. En effet, le bruit réveille les voisins. La cour ferme à vingt heures.';
    expect(answer('Pourquoi la scie à ruban est-elle interdite le soir ?', [{ text }])).toEqual([
      'La scie à ruban reste interdite le soir.',
      'En effet, le bruit réveille les voisins.',
    ]);
  });

  it('is the definition alone, not what else begins with the words', () => {
    const text =
      'Sans fiche de sûreté, il n’est pas permis de scier. La fiche de sûreté est un carton rouge. La fiche de sûreté est rangée ici.';
    expect(answer('Qu’est-ce qu’une fiche de sûreté ?', [{ text }])).toEqual([
      'La fiche de sûreté est un carton rouge.',
    ]);
  });

  it('speaks of the name that is asked for', () => {
    const sources = [
      { text: 'Le tarif de la découpeuse est de 4 euros.', title: 'Grenoble' },
      { text: 'Le tarif de la découpeuse est de 6 euros.', title: 'Annecy', score: 0.9 },
    ];
    expect(answer('Quel est le tarif de la découpeuse à Annecy ?', sources)[0]).toContain('6 euros');
  });
});
