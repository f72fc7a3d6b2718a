/** Robertson-Sparck Jones IDF: what all of them hold tells none apart. */
export const rarity = (holders: number, all: number): number => Math.log(1 + (all - holders + 0.5) / (holders + 0.5));
