import type { Locale } from '#libs/kernel';

import type { ExplainedStage } from './finding';

interface Words {
  readonly explanation: string;
  readonly advice: string;
}

/**
 * `{place}` among the hits, `{fused}`, `{lexical}` and `{dense}` the places it had or would have had, `{limit}` how many were
 * wanted, `{depth}` how far was looked, `{status}` of the document.
 */
export const FINDING_TEXTS: Readonly<Record<Locale, Readonly<Record<ExplainedStage, Words>>>> = {
  fr: {
    none: { explanation: 'Ce document est trouvé, à la place {place}.', advice: 'Rien à faire.' },
    not_searched: {
      explanation: 'Ce document n’est dans aucune des collections où l’on a cherché.',
      advice: 'Ajoutez sa collection à collectionIds, ou omettez collectionIds pour chercher partout.',
    },
    not_ready: {
      explanation: 'Ce document n’est pas encore prêt (état : {status}).',
      advice: 'Attendez la fin de son traitement ; GET /documents/:id/diagnosis dit ce qu’il attend.',
    },
    failed: {
      explanation: 'Le traitement de ce document a échoué : rien n’en peut être trouvé.',
      advice: 'GET /documents/:id en donne la cause ; une fois corrigée, relancez-le (POST /documents/:id/reindex).',
    },
    quarantined: {
      explanation: 'Ce document est en quarantaine : son texte ressemble à une attaque contre l’assistant.',
      advice: 'Un administrateur peut l’examiner et le libérer (POST /admin/documents/:id/release).',
    },
    no_text: {
      explanation: 'Aucun texte n’a été tiré de ce document.',
      advice: 'Déposez une version qui contient du texte, ou un scan plus lisible.',
    },
    disabled: {
      explanation: 'Tous les passages de ce document sont désactivés.',
      advice: 'Réactivez-les (PATCH /documents/:id/chunks/:chunkId, disabled: false).',
    },
    not_retrieved: {
      explanation:
        'Aucune des deux recherches ne l’a retenu. Place de son meilleur passage, jusqu’à {depth} : par les mots {lexical}, par le sens {dense}.',
      advice:
        'Reprenez les mots du document, restreignez la recherche à sa collection (collectionIds), complétez le texte cherché d’un passage (PATCH /documents/:id/chunks/:chunkId, searchText), ou indexez la collection avec un meilleur modèle (OLLAMA_EMBEDDING_MODEL, puis POST /collections/:id/reembed).',
    },
    stale: {
      explanation: 'L’index connaît ce passage, mais il a été remplacé, désactivé ou supprimé depuis.',
      advice: 'Si le passage est désactivé, réactivez-le (PATCH /documents/:id/chunks/:chunkId) ; sinon réessayez.',
    },
    repetition: {
      explanation: 'Un passage d’un autre document, mieux placé, dit exactement la même chose (place {fused}).',
      advice: 'Supprimez l’une des copies, ou cherchez dans la seule collection de ce document (collectionIds).',
    },
    limit: {
      explanation: 'D’autres passages répondent mieux : le sien est à la place {fused}, et {limit} étaient demandés.',
      advice: 'Demandez davantage de passages (limit), précisez la question ou restreignez les collections.',
    },
    prompt: {
      explanation: 'Ce document est trouvé, mais il ne restait pas de place pour lui dans ce qui est donné au modèle.',
      advice: 'Agrandissez la fenêtre du modèle (OLLAMA_CONTEXT_TOKENS) ou posez une question plus précise.',
    },
  },
  en: {
    none: { explanation: 'This document is found, in place {place}.', advice: 'Nothing to do.' },
    not_searched: {
      explanation: 'This document is in none of the collections that were searched.',
      advice: 'Add its collection to collectionIds, or leave collectionIds out to search everywhere.',
    },
    not_ready: {
      explanation: 'This document is not ready yet (state: {status}).',
      advice: 'Wait for the end of its ingestion; GET /documents/:id/diagnosis says what it waits for.',
    },
    failed: {
      explanation: 'The ingestion of this document failed: nothing of it can be found.',
      advice: 'GET /documents/:id tells the cause; once it is mended, start again (POST /documents/:id/reindex).',
    },
    quarantined: {
      explanation: 'This document is in quarantine: its text looks like an attack on the assistant.',
      advice: 'An administrator can look at it and release it (POST /admin/documents/:id/release).',
    },
    no_text: {
      explanation: 'No text came out of this document.',
      advice: 'Upload a version that holds text, or a clearer scan.',
    },
    disabled: {
      explanation: 'All passages of this document are disabled.',
      advice: 'Enable them again (PATCH /documents/:id/chunks/:chunkId, disabled: false).',
    },
    not_retrieved: {
      explanation:
        'Neither search brought it. Place of its best passage, up to {depth}: by words {lexical}, by meaning {dense}.',
      advice:
        'Use the words of the document, search its collection only (collectionIds), complete the text that is searched for a passage (PATCH /documents/:id/chunks/:chunkId, searchText), or index the collection with a better model (OLLAMA_EMBEDDING_MODEL, then POST /collections/:id/reembed).',
    },
    stale: {
      explanation: 'The index knows this passage, but it was replaced, disabled or deleted since.',
      advice: 'If the passage is disabled, enable it again (PATCH /documents/:id/chunks/:chunkId); else try again.',
    },
    repetition: {
      explanation: 'A better placed passage of another document says the very same (place {fused}).',
      advice: 'Delete one of the copies, or search the collection of this document only (collectionIds).',
    },
    limit: {
      explanation: 'Other passages answer better: its own is in place {fused}, and {limit} were wanted.',
      advice: 'Ask for more passages (limit), make the question more precise, or name fewer collections.',
    },
    prompt: {
      explanation: 'This document is found, but there was no room left for it in what the model is given.',
      advice: 'Enlarge the window of the model (OLLAMA_CONTEXT_TOKENS) or ask a more precise question.',
    },
  },
};

export const NOT_FOUND: Readonly<Record<Locale, string>> = { fr: 'aucune', en: 'none' };
