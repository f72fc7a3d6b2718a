import { DocumentNeedsOcrError } from '../extraction.errors';
import { TextRecognizer } from './text-recognizer';

/** Where recognition is switched off. */
export class NoTextRecognizer extends TextRecognizer {
  override recognize(): Promise<never> {
    return Promise.reject(new DocumentNeedsOcrError());
  }
}
