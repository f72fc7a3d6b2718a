/**
 * A cell that begins with one of these, full-width ones included, is a formula to a spreadsheet, which may then call
 * strangers (OWASP, CSV Injection). A quote in front makes it text.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const cell = (value: unknown): string => {
  const text = textOf(value);
  const harmless = typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** One record of a CSV file (RFC 4180) that no spreadsheet takes for a formula. */
export const csvLine = (values: readonly unknown[]): string => `${values.map(cell).join(',')}\r\n`;
