/** A line for the person at the terminal, in every language the product speaks. */
export interface LaunchText {
  readonly fr: string;
  readonly en: string;
}
