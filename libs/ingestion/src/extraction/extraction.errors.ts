import { defineError, DomainError, type ErrorDetails } from '#libs/kernel';

import { SUPPORTED_FORMATS } from './media-types';

/** The file is of no format the product reads. Details: `detected` (what it looks like), `supported`. */
export class UnsupportedDocumentTypeError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.unsupported_type',
    kind: 'unsupported',
    fr: {
      title: 'Format non pris en charge',
      detail: 'Ce fichier ({detected}) ne peut pas être lu. Formats acceptés : {supported}.',
    },
    en: {
      title: 'Unsupported format',
      detail: 'This file ({detected}) cannot be read. Accepted formats: {supported}.',
    },
  });

  constructor(details: ErrorDetails = {}) {
    super({ detected: 'unknown', supported: SUPPORTED_FORMATS.join(', '), ...details });
  }
}

/** There is no text in the file, and no picture that could hold some. */
export class EmptyDocumentError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.empty',
    kind: 'invalid',
    fr: { title: 'Document vide', detail: 'Ce fichier ne contient aucun texte. Vérifiez que c’est le bon fichier.' },
    en: { title: 'Empty document', detail: 'This file holds no text. Check that it is the right file.' },
  });
}

/** The file opens with a password only. */
export class EncryptedDocumentError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.encrypted',
    kind: 'invalid',
    fr: {
      title: 'Document protégé',
      detail: 'Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe et envoyez-la.',
    },
    en: {
      title: 'Protected document',
      detail: 'This file is protected by a password. Save a copy without the password and upload that copy.',
    },
  });
}

/** The file claims a format but cannot be read as such. */
export class CorruptDocumentError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.corrupt',
    kind: 'invalid',
    fr: {
      title: 'Document endommagé',
      detail:
        'Ce fichier est endommagé ou incomplet. Ouvrez-le dans son logiciel d’origine, réenregistrez-le et envoyez-le de nouveau.',
    },
    en: {
      title: 'Damaged document',
      detail:
        'This file is damaged or incomplete. Open it in the program it comes from, save it again and upload it anew.',
    },
  });
}

/** The pages are pictures, and nothing on this machine reads letters in pictures. Details: `pages`. */
export class DocumentNeedsOcrError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.needs_ocr',
    kind: 'invalid',
    fr: {
      title: 'Document numérisé',
      detail:
        'Ce document est fait d’images sans texte, et la reconnaissance de caractères (OCR) n’est pas disponible. Demandez à votre administrateur d’installer « tesseract » (paquets tesseract-ocr et tesseract-ocr-fra), puis relancez l’indexation, ou envoyez un fichier dont le texte est déjà reconnu.',
    },
    en: {
      title: 'Scanned document',
      detail:
        'This document is made of pictures without text, and text recognition (OCR) is not available. Ask your administrator to install "tesseract" (packages tesseract-ocr and tesseract-ocr-fra) and reindex the document, or upload a file whose text has been recognized.',
    },
  });
}

/** Reading the file took longer than allowed. Details: `seconds`. */
export class ExtractionTimeoutError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.extraction_timeout',
    kind: 'timeout',
    fr: {
      title: 'Lecture trop longue',
      detail:
        'La lecture de ce fichier a été arrêtée après {seconds} s. Découpez-le en fichiers plus petits, ou réenregistrez-le dans un format plus simple.',
    },
    en: {
      title: 'Reading took too long',
      detail:
        'Reading this file was stopped after {seconds} s. Split it into smaller files, or save it in a simpler format.',
    },
  });
}

/** The file would need more pages, parts or memory than one document may use. Details: `limit` (which bound). */
export class DocumentTooComplexError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.too_complex',
    kind: 'too_large',
    fr: {
      title: 'Document trop complexe',
      detail: 'Ce fichier dépasse les limites de lecture ({limit}). Découpez-le en fichiers plus petits.',
    },
    en: {
      title: 'Document too complex',
      detail: 'This file exceeds the reading limits ({limit}). Split it into smaller files.',
    },
  });

  constructor(details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    super({ limit: 'memory', ...details }, options);
  }
}

/** The file's text alone is longer than one document may be. Details: `characters`, `maximum`. */
export class DocumentTextTooLargeError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.text_too_large',
    kind: 'too_large',
    fr: {
      title: 'Texte trop long',
      detail:
        'Le texte de ce fichier compte {characters} caractères ; le maximum est {maximum}. Découpez-le en plusieurs fichiers.',
    },
    en: {
      title: 'Text too long',
      detail:
        'The text of this file has {characters} characters; the maximum is {maximum}. Split it into several files.',
    },
  });
}
