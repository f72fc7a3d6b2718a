/** Pictures and keys pasted as text: long runs of base64 letters are no words in any language. */
const BASE64 = /(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/]{200,}={0,2}/g;

/** Puts a blank where binary data stands as letters. */
export const withoutBase64 = (text: string): string => text.replace(BASE64, ' ');

/** A picture inside a text file: its address alone stays, so that the sentence around it reads on. */
const DATA_URI = /(data:[\w/+.-]+;base64,)(?:[A-Za-z0-9+/=]{20,}\s*)+/g;

/** For text that is kept as it stands, where a long word may well be one. */
export const withoutDataUris = (text: string): string => text.replace(DATA_URI, '$1…');
