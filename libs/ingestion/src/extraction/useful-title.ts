/** Titles that programs make up from the file's name, or leave at their default. */
const MADE_UP =
  /^(?:microsoft (?:word|powerpoint|excel)\b.*|(?:powerpoint presentation|présentation powerpoint)|(?:untitled|sans titre|document|book|classeur)\s?\d*|.*\.(?:docx?|pptx?|xlsx?|pdf|tex|dvi|indd|qxd|rtf|odt))$/i;

/** A title found in a file's properties, unless no person chose it. */
export const usefulTitle = (title: string | undefined): string | undefined => {
  const trimmed = title?.trim() ?? '';
  return trimmed === '' || MADE_UP.test(trimmed) ? undefined : trimmed;
};
