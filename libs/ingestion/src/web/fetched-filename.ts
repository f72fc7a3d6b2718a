/** Declared types that decide between kinds of text, with the extensions that already say so. Content decides the rest. */
const TEXT_TYPES: Readonly<Record<string, readonly string[]>> = {
  'text/html': ['html', 'htm', 'xhtml'],
  'application/xhtml+xml': ['html', 'htm', 'xhtml'],
  'text/markdown': ['md', 'markdown'],
  'text/csv': ['csv'],
};

/** RFC 6266: the extended form counts before the plain one. */
const EXTENDED = /;\s*filename\*\s*=\s*UTF-8''([^;\s]+)/i;
const PLAIN = /;\s*filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const nameInDisposition = (disposition: string): string => {
  const extended = EXTENDED.exec(disposition)?.[1];
  if (extended !== undefined) return decode(extended);
  const [, quoted, token] = PLAIN.exec(disposition) ?? [];
  return quoted ?? token ?? '';
};

const nameInPath = ({ pathname }: URL): string => decode(pathname.split('/').findLast((part) => part !== '') ?? '');

/** What of an answer names it. */
export interface NamedAnswer {
  readonly url: URL;
  readonly headers: {
    readonly 'content-disposition'?: string | undefined;
    readonly 'content-type'?: string | undefined;
  };
}

/** With the extension of the text it is declared to be, unless it has it. */
const withExtension = (name: string, declared: string): string => {
  const extensions = TEXT_TYPES[declared.split(';', 1)[0]?.trim().toLowerCase() ?? ''] ?? [];
  const isSaid = extensions.some((one) => name.toLowerCase().endsWith(`.${one}`));
  return isSaid || extensions.length === 0 ? name : `${name}.${extensions[0] ?? ''}`;
};

/**
 * What a fetched file is called: as its server says, by its address, or by its host. A page gets the extension of the text it
 * is declared to be, because content alone tells no Markdown from plain text. Not to be trusted any more than the server.
 */
export const fetchedFilename = ({ url, headers }: NamedAnswer): string => {
  const name = nameInDisposition(headers['content-disposition'] ?? '') || nameInPath(url) || url.hostname;
  return withExtension(name, headers['content-type'] ?? '');
};
