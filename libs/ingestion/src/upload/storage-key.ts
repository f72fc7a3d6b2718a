/** Two UUIDs and nothing else: no key can leave the folder or the prefix of a store. */
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a store may hold something under this name; what else lies beside the originals is not the product's. */
export const isStorageKey = (name: string): boolean => KEY.test(name);

/** @throws Error for anything but `<organizationId>/<documentId>` */
export const requireStorageKey = (key: string): string => {
  if (!isStorageKey(key)) throw new Error('A storage key is <organizationId>/<documentId>');
  return key;
};
