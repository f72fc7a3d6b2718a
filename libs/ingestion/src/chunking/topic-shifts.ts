import { HASHED_DIMENSION, hashText } from '#libs/text';

import { type Unit } from './unit';

/** Units on either side of a place that are compared: enough words to tell a topic, few enough to stay within one. */
const WINDOW = 3;

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
};

/** So many things that are used again and again in turn. */
class Ring<Item> {
  private readonly items: readonly Item[];
  private readonly make: () => Item;

  constructor(size: number, make: () => Item) {
    this.items = Array.from({ length: size }, make);
    this.make = make;
  }

  at(number: number): Item {
    return this.items[number % this.items.length] ?? this.make();
  }
}

/** A sum of vectors that knows its own length. */
class VectorSum {
  private readonly vector = new Float32Array(HASHED_DIMENSION);
  private squaredLength: number | undefined;

  clear(): void {
    this.vector.fill(0);
  }

  add(vector: Float32Array): void {
    for (let at = 0; at < vector.length; at += 1) this.vector[at] = (this.vector[at] ?? 0) + (vector[at] ?? 0);
    this.squaredLength = undefined;
  }

  cosineDistance(other: VectorSum): number {
    return 1 - dot(this.vector, other.vector) / Math.sqrt(this.squared * other.squared || 1);
  }

  private get squared(): number {
    return (this.squaredLength ??= dot(this.vector, this.vector));
  }
}

/**
 * The units around a place that moves forward. Vectors and sums are filled anew: a large file has a hundred thousand of
 * them, and allocating each costs more than filling it.
 */
class MovingWindow {
  private readonly vectors = new Ring(2 * WINDOW, () => new Float32Array(HASHED_DIMENSION));
  /** Of the units from a place on: what is ahead of one place is behind the one a window later. */
  private readonly sums = new Ring(WINDOW + 1, () => new VectorSum());
  private readonly opening = new VectorSum();

  constructor(
    private readonly text: string,
    private readonly units: readonly Unit[],
  ) {
    for (let unit = 0; unit < WINDOW; unit += 1) this.embed(unit);
    this.sumFrom(0);
  }

  /** @param place 1 at the first call, one more at each */
  distanceAt(place: number): number {
    this.embed(place + WINDOW - 1);
    const behind = place < WINDOW ? this.sum(this.opening, 0, place) : this.sums.at(place - WINDOW);
    return behind.cosineDistance(this.sumFrom(place));
  }

  private sumFrom(place: number): VectorSum {
    return this.sum(this.sums.at(place), place, Math.min(place + WINDOW, this.units.length));
  }

  private sum(into: VectorSum, from: number, to: number): VectorSum {
    into.clear();
    for (let unit = from; unit < to; unit += 1) into.add(this.vectors.at(unit));
    return into;
  }

  private embed(unit: number): void {
    const stretch = this.units[unit];
    if (stretch) hashText(this.text.slice(stretch.start, stretch.end), this.vectors.at(unit));
  }
}

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
export const topicShifts = (text: string, units: readonly Unit[]): number[] => {
  if (units.length === 0) return [];
  const window = new MovingWindow(text, units);
  return [0, ...strengths(units.slice(1).map((_, before) => window.distanceAt(before + 1)))];
};
