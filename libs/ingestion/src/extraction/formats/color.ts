const NAMES: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  snow: '#fffafa',
  ivory: '#fffff0',
  whitesmoke: '#f5f5f5',
  ghostwhite: '#f8f8ff',
};
const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/;
const RGB = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*[\d.]+%?\s*)?\)$/;
/** Nobody tells colours apart that differ by less, of 255 per channel. */
const INDISTINCT = 12;

const channelsOf = (color: string): readonly number[] | undefined => {
  const plain = NAMES[color.trim().toLowerCase()] ?? color.trim().toLowerCase();
  const [, hex] = HEX.exec(plain) ?? [];
  if (hex !== undefined) {
    const digits = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
    return [0, 2, 4].map((start) => Number.parseInt(digits.slice(start, start + 2), 16));
  }
  return RGB.exec(plain)?.slice(1, 4).map(Number);
};

/** Whether letters of the one colour cannot be seen on the other. Colours in other notations count as different. */
export const sameColor = (one: string, other: string): boolean => {
  const [a, b] = [channelsOf(one), channelsOf(other)];
  if (!a || !b) return false;
  return a.every((value, index) => Math.abs(value - (b[index] ?? 0)) <= INDISTINCT);
};
