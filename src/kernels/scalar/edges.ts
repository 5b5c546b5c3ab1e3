import type { Labels, Reals } from './reals.ts';

/** 1 where a number is above 1/2, else 0; returns how many are. */
export function aboveHalf(x: Reals, members: Labels): number {
  let count = 0;
  for (let i = 0; i < members.length; i++) count += members[i] = x[i] > 0.5 ? 1 : 0;
  return count;
}

/** Squares with a minus before those of the members. */
export function signSquares(squared: Reals, members: Labels, out: Reals): void {
  for (let i = 0; i < out.length; i++) out[i] = members[i] === 1 ? -squared[i] : squared[i];
}

/**
 * Signed distance to the boundary of a region from its signed square: d outside, `ring` - d inside. 0 on ignored pixels and where there is
 * no other side.
 */
function signed(square: number, label: number, ring: number): number {
  if (label < 0 || Math.abs(square) === Infinity) return 0;
  return square < 0 ? ring - Math.sqrt(-square) : Math.sqrt(square);
}

/** Sums of the signed distances over a region, and over the rest. */
export function sumSides(squares: Reals, labels: Labels, ring: number): { inside: number; outside: number } {
  let inside = 0;
  let outside = 0;
  for (let i = 0; i < squares.length; i++) {
    if (squares[i] < 0) inside += signed(squares[i], labels[i], ring);
    else outside += signed(squares[i], labels[i], ring);
  }
  return { inside, outside };
}

/** Sum of p times the signed distance over a run of pixels. */
export function sumSigned(p: Reals, squares: Reals, labels: Labels, ring: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) if (labels[i] >= 0) sum += p[i] * signed(squares[i], labels[i], ring);
  return sum;
}

/** out += factor times the signed distance. */
export function addSigned(
  squares: Reals,
  labels: Labels,
  ring: number,
  factor: number,
  out: Reals,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[i] += factor * signed(squares[i], labels[i], ring);
}

/**
 * Sum of (p - g)^2 w, w the sum of both distances to the power of `alpha`, from squares of any sign, infinite ones counting as 0; leaves the
 * slopes 2 (p - g) w. Ignored pixels are 0 on both sides.
 */
export function weighErrors(p: Reals, g: Reals, ours: Reals, theirs: Reals, alpha: number, slopes: Reals): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const w = powerOf(ours[i], alpha) + powerOf(theirs[i], alpha);
    const slope = w === 0 ? 0 : (p[i] - g[i]) * w;
    sum += slope === 0 ? 0 : slope * (p[i] - g[i]);
    slopes[i] = 2 * slope;
  }
  return sum;
}

function powerOf(square: number, alpha: number): number {
  const size = Math.abs(square);
  return size === Infinity ? 0 : alpha === 2 ? size : size ** (alpha / 2);
}
