import type { EmbedderKind } from '#libs/llm';

import { RULER, type Relation, type RuledPair } from './ruler';

/** Cosine similarity of two texts. */
export type Cosine = (one: string, other: string) => number;

/** How near a model puts texts that say the same, and texts that do not: cosines, each a median over the ruler. */
export interface Scale {
  readonly same: number;
  readonly elsewhere: number;
}

/** No entry for languages in which the model cannot tell the two apart. */
export type Scales = Readonly<Partial<Record<Relation, Scale>>>;

/** Of the way from other texts to identical ones; noise of 64 dimensions and four pairs stays far below. */
const MIN_SPREAD = 0.15;
/** Share of the pairs that say the same which must be nearer than texts that do not usually are. */
const MIN_NEARER = 0.75;
/** Fewer sentences beside say nothing about how near everything here is to everything. */
const MIN_BESIDE = 3;
/** To count in full, a sentence stands out from those beside it by half of the ruler. */
const OUTSTANDING = 2;
/**
 * Where on the way from "something else" (0) to "the same" (1) a similarity keeps a marker. Chosen, not measured: no real model
 * could be measured with answers of this product. One nobody knows must be nearer than the ruler's own pairs to count in full.
 */
const PLACES: Readonly<Record<'meaning' | 'unknown', { readonly keeps: number; readonly full: number }>> = {
  meaning: { keeps: 0.7, full: 1 },
  unknown: { keeps: 0.85, full: 1.15 },
};
/** What keeps a marker is this similarity: .6 of the most that meaning can give is the least support there is. */
const KEEPS = 0.6;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
};

const scaleOf = (pairs: readonly RuledPair[], cosine: Cosine): Scale | undefined => {
  const cosines = (isSame: boolean): number[] =>
    pairs.filter((pair) => pair.isSame === isSame).map(({ texts }) => cosine(...texts));
  const [sames, others] = [cosines(true), cosines(false)];
  const scale = { same: median(sames), elsewhere: median(others) };
  const nearer = sames.filter((same) => same > scale.elsewhere).length / sames.length;
  const spread = (scale.same - scale.elsewhere) / Math.max(1 - scale.elsewhere, Number.EPSILON);
  return spread >= MIN_SPREAD && nearer >= MIN_NEARER ? scale : undefined;
};

/** Measures a model: what compares words, or knows one language alone, is found out here. */
export const measureScales = (cosine: Cosine): Scales => {
  const entries = Object.entries(RULER).map(([relation, pairs]) => [relation, scaleOf(pairs, cosine)] as const);
  return Object.fromEntries(entries.filter(([, scale]) => scale !== undefined));
};

/** Other languages than the product's own are measured like two different ones: what fails there knows one alone. */
export const relationOf = (language: string, other: string): Relation =>
  language === other && (language === 'fr' || language === 'en') ? language : 'across';

/** A cosine, and those of the same statement with the other sentences at hand. */
export interface Measured {
  readonly cosine: number;
  readonly beside: readonly number[];
}

const placeOf = ({ cosine, beside }: Measured, { same, elsewhere }: Scale): number => {
  const length = same - elsewhere;
  const onRuler = (cosine - elsewhere) / length;
  if (beside.length < MIN_BESIDE) return onRuler;
  return Math.min(onRuler, (OUTSTANDING * (cosine - median(beside))) / length);
};

/**
 * What a cosine means, whatever the model calls near: 0 something else, 1 as near as texts that say the same, and out of the
 * ordinary among the sentences at hand.
 * @param kind a model that knows spelling alone has nothing to say here
 */
export const similarityOf = (measured: Measured, scale: Scale, kind: Exclude<EmbedderKind, 'spelling'>): number => {
  const { keeps, full } = PLACES[kind];
  const place = placeOf(measured, scale);
  const similarity = place < keeps ? (KEEPS * place) / keeps : KEEPS + ((1 - KEEPS) * (place - keeps)) / (full - keeps);
  return Math.max(0, Math.min(1, similarity));
};
