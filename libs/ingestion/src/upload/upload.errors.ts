import { defineError, DomainError } from '#libs/kernel';

import { EmptyDocumentError, UnsupportedDocumentTypeError } from '../extraction/extraction.errors';
import { SUPPORTED_FORMATS } from '../extraction/media-types';

/** A file is larger than MAX_UPLOAD_MB, or than the organization's plan allows. Details: `filename`, `maximumMb`. */
export class DocumentTooLargeError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.too_large',
    kind: 'too_large',
    fr: {
      title: 'Fichier trop volumineux',
      detail: 'Le fichier « {filename} » dépasse {maximumMb} Mio. Découpez-le ou réduisez-le.',
    },
    en: {
      title: 'File too large',
      detail: 'The file "{filename}" exceeds {maximumMb} MiB. Split or shrink it.',
    },
  });

  constructor(filename: string, maximumMb: number) {
    super({ filename, maximumMb });
  }
}

/** A file without bytes. The same problem as an empty document, told while there is still a file name. */
export class EmptyUploadError extends EmptyDocumentError {
  static override readonly definition = defineError({
    code: 'document.empty',
    kind: 'invalid',
    fr: {
      title: 'Document vide',
      detail: 'Le fichier « {filename} » est vide.',
    },
    en: { title: 'Empty document', detail: 'The file "{filename}" is empty.' },
  });

  constructor(filename: string) {
    super({ filename });
  }
}

/** A file of a format the product does not read. Details: `filename`, `detected`, `supported`. */
export class UnsupportedUploadError extends UnsupportedDocumentTypeError {
  static override readonly definition = defineError({
    code: 'document.unsupported_type',
    kind: 'unsupported',
    fr: {
      title: 'Format non pris en charge',
      detail: 'Le fichier « {filename} » ({detected}) ne peut pas être lu. Formats acceptés : {supported}.',
    },
    en: {
      title: 'Unsupported format',
      detail: 'The file "{filename}" ({detected}) cannot be read. Accepted formats: {supported}.',
    },
  });

  constructor(filename: string, detected: string) {
    super({ filename, detected, supported: SUPPORTED_FORMATS.join(', ') });
  }
}

/** More files than one request may bring. Details: `maximum`. */
export class TooManyFilesError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.too_many_files',
    kind: 'too_large',
    fr: { title: 'Trop de fichiers', detail: 'Un envoi compte au plus {maximum} fichiers ; aucun n’a été gardé.' },
    en: { title: 'Too many files', detail: 'One upload has at most {maximum} files; none was kept.' },
  });

  constructor(maximum: number) {
    super({ maximum });
  }
}

/** The request holds no file in the field `files`, or is not multipart at all. */
export class NoFilesError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.no_files',
    kind: 'invalid',
    fr: {
      title: 'Aucun fichier',
      detail: 'Envoyez un ou plusieurs fichiers dans le champ « files » d’un formulaire multipart/form-data.',
    },
    en: { title: 'No file', detail: 'Send one or more files in the field "files" of a multipart/form-data form.' },
  });
}

/** The connection broke off, or the form is not well formed. */
export class BrokenUploadError extends DomainError {
  static override readonly definition = defineError({
    code: 'document.broken_upload',
    kind: 'malformed',
    fr: { title: 'Envoi interrompu', detail: 'L’envoi est incomplet ou mal formé ; aucun fichier n’a été gardé.' },
    en: { title: 'Broken upload', detail: 'The upload is incomplete or malformed; no file was kept.' },
  });
}

/** There is no such batch in the collection, or the caller may not know that there is. Details: `id`. */
export class BatchNotFoundError extends DomainError {
  static override readonly definition = defineError({
    code: 'batch.not_found',
    kind: 'missing',
    fr: { title: 'Envoi introuvable', detail: 'L’envoi {id} n’existe pas dans cette collection, ou plus.' },
    en: { title: 'Batch not found', detail: 'The batch {id} does not exist in this collection, or no longer.' },
  });

  constructor(id: string) {
    super({ id });
  }
}
