import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeDocx, makePdf } from '../../support/fixtures';

const SECTIONS = 6;
const SENTENCES = 22;
const SUBJECTS = ['La procédure', 'Le contrat', 'Le service', 'Le rapport', 'La machine', 'Le dossier', 'Le client'];
const ACTIONS = ['est vérifié par', 'dépend de', 'remplace', 'précède', 'complète', 'contrôle', 'annule'];
const OBJECTS = ['la commission', 'l’atelier', 'le bureau', 'la direction', 'le laboratoire', 'la règle', 'le plan'];

/** Sentences that differ from document to document, so that none is taken for a duplicate. */
const paragraph = (document: number, section: number): string =>
  Array.from({ length: SENTENCES }, (_, at) => {
    const pick = (words: readonly string[], step: number): string =>
      words[(document * step + section * 3 + at) % words.length] ?? '';
    return `${pick(SUBJECTS, 2)} numéro ${document}-${section}-${at} ${pick(ACTIONS, 3)} ${pick(OBJECTS, 5)} avant la date prévue.`;
  }).join(' ');

const sections = (document: number): { title: string; text: string }[] =>
  Array.from({ length: SECTIONS }, (_, section) => ({
    title: `Article ${section + 1} du document ${document}`,
    text: paragraph(document, section),
  }));

const markdown = (document: number): string =>
  sections(document)
    .map(({ title, text }) => `## ${title}\n\n${text}`)
    .join('\n\n');

const WRITERS: readonly [string, (document: number) => Buffer][] = [
  ['pdf', (document) => makePdf(sections(document).map(({ title, text }) => `# ${title}\n\n${text}`))],
  [
    'docx',
    (document) => makeDocx(sections(document).flatMap(({ title, text }) => [{ heading: 1, text: title }, text])),
  ],
  ['md', (document) => Buffer.from(markdown(document))],
  ['txt', (document) => Buffer.from(markdown(document).replaceAll('## ', ''))],
];

/** So many files, in turn PDF, Word, Markdown and plain text. */
const makeLibrary = (count: number): { name: string; bytes: Buffer }[] =>
  Array.from({ length: count }, (_, document) => {
    const [extension, write] = WRITERS[document % WRITERS.length]!;
    return { name: `document-${document}.${extension}`, bytes: write(document) };
  });

/** The same in a new folder. @returns their paths */
export const writeLibrary = (folder: string, count: number): string[] => {
  mkdirSync(folder);
  return makeLibrary(count).map(({ name, bytes }) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  });
};
