/** Bullets, `1.`, `a)`; not a lone capital with a dot, which is an initial or "M.". */
const BULLET = /^\s*[-–—•*·▪◦‣+]\s+(?:\[[ xX]\]\s+)?/u;
const ORDERED = /^\s*\(?(?:\d{1,2}[.)°]|[a-z][.)]|[A-Z]\))\s+/u;
/** Heading, quotation and row marks: they say how a text looks, not what it says. */
const MARK = /^\s*(?:#{1,6}\s+|>\s?|\|\s*)/u;

export const isListItem = (text: string): boolean => BULLET.test(text) || ORDERED.test(text);

/** A step of a procedure or another numbered item. */
export const isOrderedItem = (text: string): boolean => ORDERED.test(text);

/** Length of the list, heading and quotation marks a text begins with. */
export const markLength = (text: string): number => {
  let at = 0;
  for (;;) {
    const found = [MARK, BULLET, ORDERED].map((mark) => mark.exec(text.slice(at))?.[0].length ?? 0);
    const length = Math.max(...found);
    if (length === 0) return at;
    at += length;
  }
};
