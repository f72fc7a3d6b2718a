import type { Locale } from '#libs/kernel';

import type { ExplainedStage } from './finding';

interface Words {
  readonly explanation: string;
  readonly advice: string;
}

/**
 * `{place}` among the hits, `{fused}`, `{lexical}` and `{dense}` the places it had or would have had, `{limit}` how many were
 * wanted, `{depth}` how far was looked, `{status}` of the document. Of the answer: `{passages}` it rests on, its `{confidence}` and
 * `{threshold}`, the `{model}` that writes it with a window of `{windowTokens}`.
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
    no_right: {
      explanation: 'Cette personne ne peut pas lire ce document : sa collection ne lui est pas ouverte.',
      advice:
        'Accordez la collection à la personne ou à l’un de ses groupes (PUT /admin/collections/{collectionId}/grants), ou ouvrez-la à toute l’organisation (visibility: organization).',
    },
    undisclosed: {
      explanation:
        'Cette personne peut lire ce document, et il peut être trouvé. Vous ne pouvez pas le lire vous-même : sa place dans une recherche dirait ce qu’il contient.',
      advice:
        'La personne peut demander elle-même l’explication (POST /retrieval/explain). Sinon, accordez-vous la collection (PUT /admin/collections/{collectionId}/grants) : ses propriétaires et le journal d’audit le verront.',
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
    near_duplicate: {
      explanation: 'Un passage mieux placé dit presque la même chose, aux mêmes nombres et noms (place {fused}).',
      advice:
        'GET /collections/:id/near-duplicates montre ce qui se répète ; supprimez l’une des versions, ou cherchez dans la seule collection de ce document (collectionIds).',
    },
    diversity: {
      explanation: 'Un seul document aurait pris toutes les places ; la dernière est revenue à un autre.',
      advice: 'Précisez la question ; dans une recherche, demandez davantage de passages (limit).',
    },
    reranking: {
      explanation:
        'Trouvé à la place {fused}, mais le modèle de reclassement a jugé que {limit} autres répondent mieux.',
      advice:
        'Précisez la question, ou changez de modèle de reclassement (RERANKER_MODEL) ; dans une recherche, demandez davantage de passages (limit).',
    },
    limit: {
      explanation: 'D’autres passages répondent mieux : le sien est à la place {fused}, et {limit} étaient demandés.',
      advice:
        'Précisez la question ou restreignez les collections (collectionIds) ; dans une recherche, demandez davantage de passages (limit).',
    },
    passages: {
      explanation:
        'Trouvé à la place {fused}, mais la collection qui répond est réglée pour donner au plus {passages} passage(s) à une réponse.',
      advice:
        'Augmentez ce réglage de la collection (passages) : essayez-le dans une évaluation (POST /admin/evaluations), puis adoptez-le (POST /admin/evaluations/:id/apply).',
    },
    threshold: {
      explanation:
        'Ce document est trouvé, à la place {place}, mais la confiance dans l’ensemble des passages ({confidence}) est sous le seuil ({threshold}) : MY-IA répond ne pas savoir.',
      advice:
        'Précisez la question ou complétez les documents. Le seuil est un réglage de la collection qui répond (minConfidence) : essayez-en un plus bas dans une évaluation (POST /admin/evaluations), puis adoptez-le (POST /admin/evaluations/:id/apply).',
    },
    unanswered: {
      explanation:
        'Ce document est trouvé, à la place {place}, mais le modèle intégré n’a trouvé dans les passages aucune phrase qui réponde à une question de ce genre (un nombre, une date, une affirmation).',
      advice:
        'Reformulez la question avec les mots du document, ou faites répondre un modèle de langage (OLLAMA_CHAT_MODEL, OPENAI_CHAT_MODEL) : il n’est pas tenu de citer une phrase entière.',
    },
    prompt: {
      explanation:
        'Ce document est trouvé, à la place {place}, mais la fenêtre du modèle {model} ({windowTokens} jetons) n’a plus de place pour lui.',
      advice:
        'Agrandissez la fenêtre du modèle (OLLAMA_CONTEXT_TOKENS, OPENAI_CONTEXT_TOKENS), choisissez un modèle qui lit davantage, raccourcissez les instructions de l’assistant ou commencez une nouvelle conversation.',
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
    no_right: {
      explanation: 'This person may not read this document: its collection is not open to them.',
      advice:
        'Grant the collection to the person or to one of their groups (PUT /admin/collections/{collectionId}/grants), or open it to the whole organization (visibility: organization).',
    },
    undisclosed: {
      explanation:
        'This person may read this document, and it can be found. You may not read it yourself: its place in a search would tell what it says.',
      advice:
        'The person can ask for the explanation (POST /retrieval/explain). Otherwise grant yourself the collection (PUT /admin/collections/{collectionId}/grants): its owners and the audit log will see it.',
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
    near_duplicate: {
      explanation: 'A better placed passage says nearly the same, with the same numbers and names (place {fused}).',
      advice:
        'GET /collections/:id/near-duplicates shows what repeats itself; delete one of the versions, or search the collection of this document only (collectionIds).',
    },
    diversity: {
      explanation: 'One document would have taken all places; the last one went to another.',
      advice: 'Make the question more precise; in a search, ask for more passages (limit).',
    },
    reranking: {
      explanation: 'Found in place {fused}, but the reranker judged that {limit} others answer better.',
      advice:
        'Make the question more precise, or take another reranker (RERANKER_MODEL); in a search, ask for more passages (limit).',
    },
    limit: {
      explanation: 'Other passages answer better: its own is in place {fused}, and {limit} were wanted.',
      advice:
        'Make the question more precise or name fewer collections (collectionIds); in a search, ask for more passages (limit).',
    },
    passages: {
      explanation:
        'Found in place {fused}, but the collection that answers is set to give {passages} passage(s) to an answer at most.',
      advice:
        'Raise that setting of the collection (passages): try it in an evaluation (POST /admin/evaluations), then adopt it (POST /admin/evaluations/:id/apply).',
    },
    threshold: {
      explanation:
        'This document is found, in place {place}, but the confidence in all passages together ({confidence}) is below the threshold ({threshold}): MY-IA answers that it does not know.',
      advice:
        'Make the question more precise or complete the documents. The threshold is a setting of the collection that answers (minConfidence): try a lower one in an evaluation (POST /admin/evaluations), then adopt it (POST /admin/evaluations/:id/apply).',
    },
    unanswered: {
      explanation:
        'This document is found, in place {place}, but the built-in model found no sentence in the passages that answers a question of this kind (a number, a date, a statement).',
      advice:
        'Ask with the words of the document, or let a language model answer (OLLAMA_CHAT_MODEL, OPENAI_CHAT_MODEL): it need not quote a whole sentence.',
    },
    prompt: {
      explanation:
        'This document is found, in place {place}, but the window of the model {model} ({windowTokens} tokens) has no room left for it.',
      advice:
        'Enlarge the window of the model (OLLAMA_CONTEXT_TOKENS, OPENAI_CONTEXT_TOKENS), choose a model that reads more, shorten the instructions of the assistant, or begin a new conversation.',
    },
  },
};

export const NOT_FOUND: Readonly<Record<Locale, string>> = { fr: 'aucune', en: 'none' };
