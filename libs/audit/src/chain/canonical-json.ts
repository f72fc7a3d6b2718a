const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([key, field]) => [key, canonical(field)]));
};

const write = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const fields = [...value].flatMap(([key, field]) => {
    const text = write(field);
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
  });
  return `{${fields.join(',')}}`;
};

/**
 * One text for one value: keys in the order of their UTF-16 code units, no white space, numbers and strings as JavaScript
 * writes them (RFC 8785). A field without a value is left out. A Map keeps the order where a plain object would move
 * integer-like keys to the front.
 */
export const canonicalJson = (value: unknown): string => write(canonical(value)) ?? 'null';
