/** What was made under a key before, `undefined` included. */
export type Remembered<K, T> = Map<K, { readonly value: T }>;

/** What is known under a key, made when it is asked for first. */
export const remember = <K, T>(known: Remembered<K, T>, key: K, make: () => T): T => {
  const found = known.get(key) ?? { value: make() };
  known.set(key, found);
  return found.value;
};
