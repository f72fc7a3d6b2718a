import type { Flag } from '#libs/http';
import type { Locale } from '#libs/kernel';

type Descriptions = Readonly<Record<Flag, Readonly<Record<Locale, string>>>>;

/** What each flag opens and closes. The compiler sees to it that none is missing. */
export const FLAG_DESCRIPTIONS: Descriptions = {
  'answer-feedback': {
    fr: 'Juger les réponses (pouce levé ou baissé, commentaire)',
    en: 'Rate answers (thumb up or down, comment)',
  },
  'collection-creation': {
    fr: 'Créer ses propres collections de documents',
    en: 'Make collections of documents of one’s own',
  },
  'conversation-export': {
    fr: 'Exporter une conversation dans un fichier',
    en: 'Export a conversation to a file',
  },
  'conversation-sharing': {
    fr: 'Partager une conversation par un lien',
    en: 'Share a conversation by a link',
  },
  directory: {
    fr: 'Chercher des collègues et des groupes pour partager avec eux',
    en: 'Look for colleagues and groups to share with',
  },
  'document-download': {
    fr: 'Télécharger le fichier d’origine d’un document',
    en: 'Download the original file of a document',
  },
  'document-upload': {
    fr: 'Ajouter des documents aux collections où on peut écrire',
    en: 'Add documents to collections one may write to',
  },
  'own-api-keys': {
    fr: 'Créer et renouveler ses propres clés d’API ; celles qui existent restent valables',
    en: 'Make and rotate API keys of one’s own; those that exist stay valid',
  },
};
