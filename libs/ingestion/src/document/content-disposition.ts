/** RFC 8187 allows these unescaped; everything else is percent-encoded UTF-8. */
const encodeExtended = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Never shown inline: a document somebody uploaded must not run in our origin. Old clients read the plain name. */
export const attachmentDisposition = (filename: string): string => {
  const name = filename.replaceAll(/[/\\]/g, '_');
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%;]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeExtended(name)}`;
};
