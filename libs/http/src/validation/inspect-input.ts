import { InvalidRequestError } from '../problems/invalid-request.error';
import { constraintMessage } from './constraint-messages';

/** Far deeper than any of our DTOs; far shallower than the recursion of class-transformer can stand. */
const MAX_DEPTH = 32;

/** A mebibyte holds half a million array items, and validating each of them takes seconds of everybody's time. */
const MAX_ENTRIES = 20_000;

/** What class-transformer drops without a word, where every other unknown field is refused. */
const DROPPED: ReadonlySet<string> = new Set(['__proto__', 'constructor']);
/** No class is made of a query: whoever reads it names what it does not know. */
export const NOTHING_DROPPED: ReadonlySet<string> = new Set();

interface Place {
  readonly value: object;
  readonly path: string;
  readonly depth: number;
}

const refuse = (field: string, code: 'depth' | 'entries' | 'unknownField' | 'wellFormedText'): never => {
  throw new InvalidRequestError([{ field: field.slice(0, 200), code, message: constraintMessage(code) }]);
};

/** PostgreSQL stores neither NUL nor lone surrogates; caught here they are the caller's 400, later they are our 500. */
const inspectText = (text: string, path: string): void => {
  if (text.includes('\0') || !text.isWellFormed()) refuse(path, 'wellFormedText');
};

/** Text is inspected at once; only what can nest waits in the list, one entry at a time because a body may have millions. */
const visit = (pending: Place[], value: unknown, path: string, depth: number): void => {
  if (typeof value === 'string') inspectText(value, path);
  else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) pending.push({ value, path, depth });
};

/** @returns how many children there were */
const visitChildren = (pending: Place[], { value, path, depth }: Place, dropped: ReadonlySet<string>): number => {
  const children = Object.entries(value);
  for (const [key, child] of children) {
    const name = path ? `${path}.${key}` : key;
    inspectText(key, path);
    if (dropped.has(key)) refuse(name, 'unknownField');
    visit(pending, child, name, depth + 1);
  }
  return children.length;
};

/**
 * Refuses what no route can digest, before any code of ours recurses into it: too deep nesting, too many entries,
 * unstorable text. Iterative, so that depth cannot hurt it.
 *
 * @param dropped keys that would be dropped in silence
 * @throws InvalidRequestError naming the field
 */
export const inspectInput = (input: unknown, dropped = DROPPED): void => {
  const pending: Place[] = [];
  let entries = 0;
  visit(pending, input, '', 0);
  for (let place = pending.pop(); place; place = pending.pop()) {
    if (place.depth >= MAX_DEPTH) refuse(place.path, 'depth');
    entries += visitChildren(pending, place, dropped);
    if (entries > MAX_ENTRIES) refuse(place.path, 'entries');
  }
};
