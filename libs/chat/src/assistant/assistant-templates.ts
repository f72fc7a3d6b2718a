import type { Locale } from '#libs/kernel';

import type { AssistantEntity } from './assistant.entity';

export const TEMPLATES = ['conseiller'] as const;
export type Template = (typeof TEMPLATES)[number];

type Written = Pick<AssistantEntity, 'name' | 'description' | 'instructions' | 'welcome'>;
type Common = Pick<AssistantEntity, 'suggestions' | 'suggestionsEn' | 'temperature' | 'usesProfile'>;

const WRITTEN: Readonly<Record<Template, Readonly<Record<Locale, Written>>>> = {
  conseiller: {
    fr: {
      name: 'Conseiller',
      description: 'Répond pour votre situation, d’après les documents et ce que vous dites de vous.',
      instructions: [
        'Tu conseilles une personne sur sa situation professionnelle. Vouvoie-la.',
        'Commence par ce qui vaut pour son cas ; dis à quelle condition cela vaut quand les sources en posent une.',
        'S’il te manque un élément de sa situation pour trancher, nomme-le en une phrase.',
        'Termine par la démarche à suivre et le service à qui s’adresser, si les sources les donnent.',
      ].join('\n'),
      welcome:
        'Bonjour. Je réponds d’après les documents de votre organisation, et je tiens compte de votre profil si vous l’avez rempli. Que voulez-vous savoir ?',
    },
    en: {
      name: 'Adviser',
      description: 'Answers for your situation, from the documents and what you say about yourself.',
      instructions: [
        'You advise a person on their situation at work.',
        'Begin with what holds for their case; name the condition where the sources set one.',
        'If something about their situation is missing to decide, name it in one sentence.',
        'End with the steps to take and the department to ask, if the sources give them.',
      ].join('\n'),
      welcome:
        'Hello. I answer from the documents of your organization, and take your profile into account if you filled it in. What would you like to know?',
    },
  },
};

const COMMON: Readonly<Record<Template, Common>> = {
  conseiller: {
    suggestions: [
      'À combien de jours de congés ai-je droit ?',
      'Quel est mon préavis si je pars ?',
      'Quelles formations puis-je demander ?',
      'Quelles aides à la mobilité existent pour moi ?',
    ],
    suggestionsEn: [
      'How many days of leave am I entitled to?',
      'What is my notice period if I leave?',
      'Which training can I ask for?',
      'What support is there if I move to another site?',
    ],
    temperature: 0.2,
    usesProfile: true,
  },
};

/** An assistant as the product ships it, to be changed as one likes. */
export const fromTemplate = (template: Template, locale: Locale): Written & Common => ({
  ...WRITTEN[template][locale],
  ...COMMON[template],
});
