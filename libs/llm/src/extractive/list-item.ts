const LIST_ITEM = /^\s*(?:[-–—•*·▪◦‣+]|\(?(?:\d{1,3}|[a-zA-Z])[.)°])\s/u;

export const isListItem = (text: string): boolean => LIST_ITEM.test(text);
