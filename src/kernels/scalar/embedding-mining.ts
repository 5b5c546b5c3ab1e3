import { type Distance, distance, pushApart, type TermSums } from './embedding-distance.ts';

/** Per anchor the farthest row of its class and the nearest of another; anchors that lack either are left out. */
export function hardestTriplets(rows: Float64Array, dims: number, labels: Int32Array, how: Distance): Int32Array {
  const out: number[] = [];
  for (let a = 0; a < labels.length; a++) {
    let far = -1;
    let near = -1;
    let farthest = -Infinity;
    let nearest = Infinity;
    for (let b = 0; b < labels.length; b++) {
      if (a === b) continue;
      const d = distance(rows, dims, a, b, how);
      if (labels[a] === labels[b] && !(d <= farthest)) [far, farthest] = [b, d];
      if (labels[a] !== labels[b] && !(d >= nearest)) [near, nearest] = [b, d];
    }
    if (far >= 0 && near >= 0) out.push(a, far, near);
  }
  return Int32Array.from(out);
}

/**
 * The sum over all triplets of max(0, d(a,p) - d(a,n) + margin), and its gradient; `active` of them are above 0. Both
 * lists of distances are sorted per anchor, so that a pair is not visited once per third row.
 */
export function allTriplets(
  rows: Float64Array,
  dims: number,
  labels: Int32Array,
  margin: number,
  how: Distance,
  gradient: Float64Array,
): TermSums {
  const sums: TermSums = { sum: 0, terms: 0, active: 0 };
  for (let a = 0; a < labels.length; a++) {
    const same: [number, number][] = [];
    const other: [number, number][] = [];
    for (let b = 0; b < labels.length; b++) {
      if (b !== a) (labels[a] === labels[b] ? same : other).push([distance(rows, dims, a, b, how), b]);
    }
    sums.terms += same.length * other.length;
    same.sort(([x], [y]) => x - y);
    other.sort(([x], [y]) => x - y);
    let inside = 0;
    let total = 0;
    const hits = new Float64Array(other.length + 1);
    for (const [d, p] of same) {
      while (inside < other.length && d - other[inside][0] + margin > 0) total += other[inside++][0];
      sums.sum += inside * (d + margin) - total;
      sums.active += inside;
      hits[inside]++;
      if (inside > 0) pushApart(rows, dims, a, p, how, inside, gradient);
    }
    // The n-th nearest stranger is in a triplet of every positive that reached beyond it.
    let reached = 0;
    for (let n = other.length - 1; n >= 0; n--) {
      reached += hits[n + 1];
      if (reached > 0) pushApart(rows, dims, a, other[n][1], how, -reached, gradient);
    }
  }
  return sums;
}

/** Every pair i < j. */
export function allPairs(count: number): Int32Array {
  const out = new Int32Array(count * (count - 1));
  for (let i = 0, k = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      out[k++] = i;
      out[k++] = j;
    }
  }
  return out;
}

/** Uniform numbers in [0, 1) from a seed, the same on every machine (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rows of each class. */
function membersOfClasses(labels: Int32Array, classes: number): number[][] {
  const out: number[][] = Array.from({ length: classes }, () => []);
  for (let i = 0; i < labels.length; i++) out[labels[i]].push(i);
  return out;
}

/** Triplets drawn with replacement: an anchor that has both, one of its class, one of another. */
export function sampledTriplets(labels: Int32Array, classes: number, amount: number, seed: number): Int32Array {
  const members = membersOfClasses(labels, classes);
  const anchors = [...labels.keys()].filter((a) => {
    const own = members[labels[a]].length;
    return own > 1 && own < labels.length;
  });
  const next = uniform(seed);
  const out = new Int32Array(anchors.length === 0 ? 0 : 3 * amount);
  for (let t = 0; t < out.length; t += 3) {
    const a = anchors[Math.floor(next() * anchors.length)];
    const own = members[labels[a]];
    const k = Math.floor(next() * (own.length - 1));
    let n = Math.floor(next() * labels.length);
    while (labels[n] === labels[a]) n = Math.floor(next() * labels.length);
    out[t] = a;
    out[t + 1] = own[k] === a ? own[own.length - 1] : own[k];
    out[t + 2] = n;
  }
  return out;
}

/** Pairs of two different rows, drawn with replacement, every second one of the same class where there is one. */
export function sampledPairs(labels: Int32Array, classes: number, amount: number, seed: number): Int32Array {
  const members = membersOfClasses(labels, classes);
  const count = labels.length;
  const next = uniform(seed);
  const out = new Int32Array(count < 2 ? 0 : 2 * amount);
  for (let k = 0; k < out.length; k += 2) {
    const a = Math.floor(next() * count);
    const own = members[labels[a]];
    const pool = k % 4 === 0 && own.length > 1 ? own : null;
    let b = a;
    while (b === a) b = pool === null ? Math.floor(next() * count) : pool[Math.floor(next() * pool.length)];
    out[k] = a;
    out[k + 1] = b;
  }
  return out;
}

/** At most about `limit` rows, in order: a share of every class, and of small classes at least eight rows. */
export function sampledRows(labels: Int32Array, classes: number, limit: number, seed: number): Int32Array {
  const next = uniform(seed);
  const kept = membersOfClasses(labels, classes).flatMap((own) => {
    const quota = Math.min(own.length, Math.max(8, Math.floor((limit * own.length) / labels.length)));
    for (let i = 0; i < quota; i++) {
      const j = i + Math.floor(next() * (own.length - i));
      [own[i], own[j]] = [own[j], own[i]];
    }
    return own.slice(0, quota);
  });
  return Int32Array.from(kept).sort();
}
