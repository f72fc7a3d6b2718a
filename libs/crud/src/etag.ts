import { InvalidIfMatchError } from './crud.errors';

/** Weak, because two renderings of one version may differ in language or fields. */
export const etagOf = (version: number): string => `W/"${version}"`;

const ETAG = /^(?:W\/)?"(\d{1,9})"$/;

/**
 * The version a caller insists on; undefined without the header or with `*`. RFC 9110 compares If-Match strongly; our tags
 * are compared by their version, which is what they mean.
 *
 * @throws InvalidIfMatchError
 */
export const parseIfMatch = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  const [, version] = ETAG.exec(header.trim()) ?? [];
  if (version === undefined) throw new InvalidIfMatchError();
  return Number(version);
};
