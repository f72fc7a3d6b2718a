/** Pictures and keys pasted as text: long runs of base64 letters are no words in any language. */
const BASE64 = /(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/]{200,}={0,2}/g;

/** Puts a blank where binary data stands as letters. */
export const withoutBase64 = (text: string): string => text.replace(BASE64, ' ');
