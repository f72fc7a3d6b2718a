import { HASHED_DIMENSION, hashText } from '#libs/text';

import { type Unit } from './unit';

/** Units on either side of a place that are compared: enough words to tell a topic, few enough to stay within one. */
const WINDOW = 3;

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
};

const sumOf = (vectors: readonly Float32Array[]): Float32Array => {
  const sum = new Float32Array(HASHED_DIMENSION);
  for (const vector of vectors) {
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0);
  }
  return sum;
};

const cosineDistance = (a: Float32Array, b: Float32Array): number =>
  1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) || 1);

/** Distances at every place but the first; only the units around a place have their vectors in memory. */
const distances = (text: string, units: readonly Unit[]): number[] => {
  const near: Float32Array[] = [];
  const embed = (at: number): void => {
    const unit = units[at];
    if (unit) near.push(hashText(text.slice(unit.start, unit.end)));
  };
  for (let at = 0; at < WINDOW; at += 1) embed(at);
  return units.slice(1).map((_, before) => {
    embed(before + WINDOW);
    // `near` begins `WINDOW` units before the place, or at the first unit.
    if (before >= WINDOW) near.shift();
    const behind = Math.min(before + 1, WINDOW);
    return cosineDistance(sumOf(near.slice(0, behind)), sumOf(near.slice(behind)));
  });
};

/** The value that this share of the sorted values lies below. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

/** Of the distances, only what lies above this percentile is a breakpoint; the rest is the wandering of any prose. */
const BREAKPOINT = 0.25;
/** A few places that share no word at all must not make every other shift look small. */
const STRONGEST = 0.98;

const strengths = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const ordinary = percentile(sorted, BREAKPOINT);
  const range = Math.max(percentile(sorted, STRONGEST) - ordinary, Number.EPSILON);
  return values.map((value) => Math.min(1, Math.max(0, (value - ordinary) / range)));
};

/**
 * How much the topic shifts before each unit, 0..1: the cosine distance between the embeddings of what stands before and
 * after it, on a scale from an ordinary percentile of these distances to nearly their largest (Hearst 1997, TextTiling, with
 * embeddings in place of word counts). 0 for the first unit.
 *
 * The built-in embedder tells: it is deterministic, needs no model server and costs about as much as finding the sentences;
 * a model would have to read every document twice.
 */
export const topicShifts = (text: string, units: readonly Unit[]): number[] =>
  units.length === 0 ? [] : [0, ...strengths(distances(text, units))];
