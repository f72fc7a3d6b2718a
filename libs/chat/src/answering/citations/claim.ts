import { countsIn, type Count } from './counts';
import { factsOf, type Fact } from './facts';
import { polarityOf, type Polarity } from './polarity';
import { remember, type Remembered } from './remembered';
import { statementTerms, type StatementTerm } from './terms';

/** What a statement claims, read once however many passages it is compared with. */
export class Claim {
  readonly facts: readonly Fact[];
  readonly polarity: Polarity;
  private readonly terms: Remembered<string, readonly StatementTerm[]> = new Map();
  private readonly counts: Remembered<string, readonly Count[]> = new Map();

  /** @param language of the answer */
  constructor(
    readonly text: string,
    readonly language: string,
  ) {
    this.facts = factsOf(text);
    this.polarity = polarityOf(text);
  }

  /** Its content words, stemmed as those of a source are. */
  termsIn(language: string): readonly StatementTerm[] {
    return remember(this.terms, language, () => statementTerms(this.text, language));
  }

  countsIn(language: string): readonly Count[] {
    return remember(this.counts, language, () => countsIn(this.text, language));
  }
}
