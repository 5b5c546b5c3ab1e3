import { lengths, unitRows } from './embedding.ts';

/** Angles, in radians, between features and class vectors. Zero vectors have none and are counted apart. */
export interface AngleSums {
  /** Per class: rows with a direction, sum and largest of the angles to the own class vector. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly max: Float64Array;
  /** Per class: rows that are nearer in angle to the vector of another class. */
  readonly astray: Float64Array;
  /** Per class: the smallest angle of its vector to that of another class, and which; NaN and -1 without one. */
  readonly nearest: Float64Array;
  readonly neighbour: Int32Array;
  readonly zeros: number;
  readonly nonFinite: number;
  readonly shortest: number;
  readonly longest: number;
  /** Rows whose length is not 1 to three decimals. */
  readonly notUnit: number;
}

export function angleSums(rows: Float64Array, labels: Int32Array, dims: number, prototypes: Float64Array): AngleSums {
  const classes = prototypes.length / dims;
  const vectors = unitRows(prototypes, dims, lengths(prototypes, dims));
  const [count, sum, max, astray] = Array.from({ length: 4 }, () => new Float64Array(classes));
  const nearest = new Float64Array(classes).fill(Number.NaN);
  const neighbour = new Int32Array(classes).fill(-1);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      if (a === b) continue;
      const angle = angleOf(vectors, a, vectors, b, dims, 1);
      if (neighbour[a] < 0 || angle < nearest[a]) [nearest[a], neighbour[a]] = [angle, b];
    }
  }
  const length = lengths(rows, dims);
  let [zeros, nonFinite, notUnit] = [0, 0, 0];
  let [shortest, longest] = [Infinity, -Infinity];
  for (let i = 0; i < labels.length; i++) {
    const own = length[i];
    if (!Number.isFinite(own)) {
      nonFinite++;
      continue;
    }
    if (own < shortest) shortest = own;
    if (own > longest) longest = own;
    if (Math.abs(own - 1) > 1e-3) notUnit++;
    if (own === 0) {
      zeros++;
      continue;
    }
    const y = labels[i];
    const angle = angleOf(rows, i, vectors, y, dims, own);
    count[y]++;
    sum[y] += angle;
    if (angle > max[y]) max[y] = angle;
    for (let j = 0; j < classes; j++) {
      if (j === y || !(angleOf(rows, i, vectors, j, dims, own) < angle)) continue;
      astray[y]++;
      break;
    }
  }
  return { count, sum, max, astray, nearest, neighbour, zeros, nonFinite, shortest, longest, notUnit };
}

function angleOf(x: Float64Array, i: number, vectors: Float64Array, j: number, dims: number, length: number): number {
  let dot = 0;
  for (let d = 0; d < dims; d++) dot += x[i * dims + d] * vectors[j * dims + d];
  return Math.acos(Math.max(-1, Math.min(1, dot / length)));
}

/** Mean of the rows of every class. */
export function classMeans(rows: Float64Array, labels: Int32Array, dims: number, classes: number): Float64Array {
  const out = new Float64Array(classes * dims);
  const count = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    count[labels[i]]++;
    for (let d = 0; d < dims; d++) out[labels[i] * dims + d] += rows[i * dims + d];
  }
  for (let j = 0; j < out.length; j++) out[j] /= count[Math.floor(j / dims)];
  return out;
}

/** Chosen rows as an array of their own. */
export function takeRows(rows: Float64Array, dims: number, kept: Int32Array): Float64Array {
  const out = new Float64Array(kept.length * dims);
  for (let k = 0; k < kept.length; k++) out.set(rows.subarray(kept[k] * dims, (kept[k] + 1) * dims), k * dims);
  return out;
}
