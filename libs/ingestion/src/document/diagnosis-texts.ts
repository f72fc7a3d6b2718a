import type { Locale } from '#libs/kernel';

import type { Diagnosis } from './diagnosis.view';

interface Words {
  readonly explanation: string;
  readonly advice: string;
}

/** `{reason}` is the failure in words, `{at}` a time, `{ahead}` a number, `{step}` what is being done, `{percent}` how far. */
export const DIAGNOSIS_TEXTS: Readonly<Record<Locale, Readonly<Record<Diagnosis, Words>>>> = {
  fr: {
    ready: { explanation: 'Ce document est prêt : on peut le chercher et le citer.', advice: 'Rien à faire.' },
    failed: {
      explanation: '{reason}',
      advice: 'Une fois la cause corrigée, relancez le traitement, ou envoyez un fichier corrigé.',
    },
    paused: {
      explanation: 'Le traitement est en pause dans cette collection.',
      advice: 'Un propriétaire de la collection peut le reprendre.',
    },
    waiting_for_turn: {
      explanation: 'Ce document attend son tour ; {ahead} documents de votre organisation sont arrivés avant lui.',
      advice: 'Rien à faire.',
    },
    waiting_for_worker: {
      explanation: 'Ce document attend, et aucun traitement n’a donné signe de vie depuis plusieurs minutes.',
      advice: 'Demandez à l’exploitant de vérifier qu’un processus de traitement (worker) fonctionne.',
    },
    waiting_for_retry: {
      explanation: '{reason} Un nouvel essai est prévu à {at} (UTC).',
      advice: 'Rien à faire. Si cela dure, demandez à l’exploitant de vérifier le service nommé.',
    },
    being_ingested: {
      explanation: 'Traitement en cours : {step} ({percent} %). Dernier signe de vie à {at} (UTC).',
      advice: 'Rien à faire.',
    },
    interrupted: {
      explanation: 'Le traitement n’a plus donné signe de vie depuis {at} (UTC) ; un autre le reprend sous peu.',
      advice: 'Rien à faire. Si cela se répète, le fichier est peut-être trop lourd : découpez-le.',
    },
  },
  en: {
    ready: { explanation: 'This document is ready: it can be searched and cited.', advice: 'Nothing to do.' },
    failed: {
      explanation: '{reason}',
      advice: 'Once the cause is mended, start the ingestion again, or upload a corrected file.',
    },
    paused: {
      explanation: 'Ingestion is paused in this collection.',
      advice: 'An owner of the collection can resume it.',
    },
    waiting_for_turn: {
      explanation: 'This document waits for its turn; {ahead} documents of your organization came before it.',
      advice: 'Nothing to do.',
    },
    waiting_for_worker: {
      explanation: 'This document waits, and no ingestion has given a sign of life for several minutes.',
      advice: 'Ask the operator to check that a worker process is running.',
    },
    waiting_for_retry: {
      explanation: '{reason} The next attempt is due at {at} (UTC).',
      advice: 'Nothing to do. If it lasts, ask the operator to check the service named.',
    },
    being_ingested: {
      explanation: 'Being ingested: {step} ({percent} %). Last sign of life at {at} (UTC).',
      advice: 'Nothing to do.',
    },
    interrupted: {
      explanation: 'The attempt at work has given no sign of life since {at} (UTC); another one takes over shortly.',
      advice: 'Nothing to do. If it happens again, the file may be too heavy: split it.',
    },
  },
};

/** What each running step is called. */
export const STEP_NAMES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  fr: { extracting: 'lecture du fichier', chunking: 'découpage en passages', embedding: 'calcul des vecteurs' },
  en: { extracting: 'reading the file', chunking: 'cutting it into passages', embedding: 'computing vectors' },
};
