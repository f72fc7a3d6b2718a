import { unproven, verifyCitations, type VerifiedAnswer } from './citation-verifier';
import type { Draft } from '../draft-answer';
import { inert } from '../inert-text';
import { unsupportedIn } from './unsupported';

type Provable = Pick<Draft, 'text' | 'read' | 'similarity'>;

const verified = ({ text, read, similarity }: Provable, report: (fault: unknown) => void): VerifiedAnswer => {
  try {
    return verifyCitations(text, read, similarity);
  } catch (fault) {
    report(fault);
    return unproven(text);
  }
};

/**
 * A draft as it is shown and stored: its citations proven, and nothing in it a link or an image, whatever a model repeats of a
 * document. Fails closed: an answer whose citations cannot be trusted is shown without any.
 * @param report told of a fault of the verifier
 */
export const proveDraft = (draft: Provable, report: (fault: unknown) => void): VerifiedAnswer => {
  const proven = verified(draft, report);
  const content = inert(proven.content);
  const cited = new Set(proven.citations.map(({ marker }) => marker));
  // Told of the text as it is shown: what makes a link inert may also make it longer.
  return { ...proven, content, unsupported: unsupportedIn(content, (marker) => cited.has(marker)) };
};
