import { decodeText } from '../decode-text';
import { DocumentBuilder } from '../document-builder';
import { CorruptDocumentError, DocumentTooComplexError } from '../extraction.errors';
import { type Extractor } from '../extractor';
import { withoutBase64 } from '../without-base64';

/** Deeper nesting is made to harm; generated configuration stays under 30. */
const MAX_DEPTH = 200;
const MAX_VALUES = 1_000_000;

/** A number that loses digits as a JavaScript number (an account, a bar code) stays as it is written. */
const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;

const parse = (text: string): unknown => JSON.parse(text, keepDigits);

/** One value, or one per line (JSON Lines). */
const parseJson = (text: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw new DocumentTooComplexError({ limit: `${String(MAX_DEPTH)} levels` });
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parse);
  }
};

const read = (bytes: Uint8Array): unknown => {
  try {
    return parseJson(decodeText(bytes));
  } catch (error) {
    throw error instanceof SyntaxError ? new CorruptDocumentError({}, { cause: error }) : error;
  }
};

type Members = readonly (readonly [path: string, value: unknown])[];

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const membersOf = (value: object, path: string): Members =>
  Array.isArray(value)
    ? value.map((item, index) => [`${path}[${String(index)}]`, item] as const)
    : Object.entries(value).map(([key, item]) => [path === '' ? key : `${path}.${key}`, item] as const);

/** Writes values as lines `path: value`; what belongs to one object stands together as a paragraph. */
class JsonWriter {
  #values = 0;
  #lines: string[] = [];

  constructor(private readonly builder: DocumentBuilder) {}

  write(value: unknown): void {
    if (isContainer(value)) this.#writeMembers(membersOf(value, ''), 1);
    else this.#writeValue('', value);
    this.#flush();
  }

  /** An object's own values first: they name what its parts belong to. */
  #writeMembers(members: Members, depth: number): void {
    if (depth > MAX_DEPTH) throw new DocumentTooComplexError({ limit: `${String(MAX_DEPTH)} levels` });
    for (const [path, value] of members) if (!isContainer(value)) this.#writeValue(path, value);
    this.#flush();
    for (const [path, value] of members) if (isContainer(value)) this.#writeMembers(membersOf(value, path), depth + 1);
  }

  #writeValue(path: string, value: unknown): void {
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw new DocumentTooComplexError({ limit: `${String(MAX_VALUES)} values` });
    const words = value === null ? '' : withoutBase64(typeof value === 'string' ? value : JSON.stringify(value)).trim();
    if (words !== '') this.#lines.push(path === '' ? words : `${path}: ${words}`);
  }

  #flush(): void {
    this.builder.paragraph(this.#lines.join('\n'));
    this.#lines = [];
  }
}

/** JSON and JSON Lines as lines a person reads: `company.sites[0].city: Lyon`. */
export const extractJson: Extractor = ({ bytes, limits }) => {
  const builder = new DocumentBuilder(limits.textCharacters);
  new JsonWriter(builder).write(read(bytes));
  return builder.build();
};
