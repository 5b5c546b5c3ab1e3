/** What a training curve does. */
export type Course = 'not-finite' | 'diverging' | 'oscillating' | 'plateau' | 'falling' | 'too-short';

/** A training curve in a few numbers. */
export interface Curve {
  readonly steps: number;
  readonly first: number;
  readonly last: number;
  readonly lowest: number;
  readonly course: Course;
  /** Step of the first value that is NaN or infinite. */
  readonly notFinite: number | null;
  /** Where the curve has come to rest: from which step on, at which value, and how far that is known. */
  readonly plateau: { readonly from: number; readonly level: number; readonly uncertainty: number } | null;
  /** Steps from peak to peak of an oscillation. */
  readonly period: number | null;
}

/** Fewer values say nothing about a course. */
const fewest = 8;

/** Values of the end that are looked at, and the longest period looked for. */
const longest = 4000;
const slowest = 400;

/** Looks at a curve: values that are not finite, divergence, oscillation, rest. */
export function describeCurve(values: readonly number[]): Curve {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const finite = bad < 0 ? values : values.slice(0, bad);
  const facts = {
    steps: values.length,
    first: values[0] ?? Number.NaN,
    last: values.at(-1) ?? Number.NaN,
    lowest: finite.reduce((a, b) => Math.min(a, b), Infinity),
    notFinite: bad < 0 ? null : bad,
    plateau: null,
    period: null,
  };
  if (bad >= 0) return { ...facts, course: 'not-finite' };
  if (finite.length < fewest) return { ...facts, course: 'too-short' };
  if (diverges(finite)) return { ...facts, course: 'diverging' };
  const tail = finite.slice(-Math.min(longest, Math.max(fewest, Math.ceil(finite.length / 4))));
  const period = periodOf(tail);
  if (period !== null) return { ...facts, course: 'oscillating', period };
  return rests(tail, finite)
    ? { ...facts, course: 'plateau', plateau: restOf(tail, finite) }
    : { ...facts, course: 'falling' };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/** Scatter from one step to the next, whatever the trend. */
function noiseOf(values: readonly number[]): number {
  return deviation(values.slice(1).map((value, k) => value - (values[k] ?? value))) / Math.SQRT2;
}

/** The end lies above the lowest stretch by half as much again, and by more than the scatter. */
function diverges(values: readonly number[]): boolean {
  const width = Math.max(3, Math.floor(values.length / 10));
  const stretches = Array.from({ length: Math.floor(values.length / width) }, (_, k) =>
    mean(values.slice(values.length - (k + 1) * width, values.length - k * width)),
  );
  const [end = Number.NaN] = stretches;
  const lowest = stretches.reduce((a, b) => Math.min(a, b), Infinity);
  return end - lowest > Math.max(0.5 * Math.abs(lowest), 4 * noiseOf(values));
}

/** Steps after which a curve without trend repeats itself, if it swings by more than 5 % of its level; null if it does not. */
function periodOf(tail: readonly number[]): number | null {
  const centre = mean(tail);
  const last = tail.length - 1;
  const slope =
    tail.reduce((sum, value, k) => sum + (k - last / 2) * value, 0) / ((last * (last + 1) * (last + 2)) / 12);
  const flat = tail.map((value, k) => value - centre - slope * (k - last / 2));
  const power = flat.reduce((sum, value) => sum + value ** 2, 0);
  if (!(Math.sqrt(power / tail.length) > 0.05 * Math.abs(centre))) return null;
  const correlation = (lag: number): number =>
    flat.slice(lag).reduce((sum, value, k) => sum + value * (flat[k] ?? 0), 0) / power / (1 - lag / flat.length);
  for (let lag = 2; lag <= Math.min(slowest, tail.length / 2); lag++) {
    const half = lag % 2 === 0 ? correlation(lag / 2) : (correlation((lag - 1) / 2) + correlation((lag + 1) / 2)) / 2;
    if (!(correlation(lag) > 0.6 && half < -0.4)) continue;
    let peak = lag;
    while (correlation(peak + 1) > correlation(peak)) peak++;
    return peak;
  }
  return null;
}

/** Both halves of the end have the same mean, as far as their scatter and 0.5 % of the whole fall allow. */
function rests(tail: readonly number[], values: readonly number[]): boolean {
  const half = Math.floor(tail.length / 2);
  const [before, after] = [tail.slice(0, half), tail.slice(-half)];
  const scatter = 3 * Math.sqrt((deviation(before) ** 2 + deviation(after) ** 2) / half);
  const fall = Math.abs((values[0] ?? 0) - mean(after));
  return Math.abs(mean(after) - mean(before)) <= Math.max(scatter, 0.005 * fall);
}

/** The level of the end, and the step after which the curve stays near it. */
function restOf(tail: readonly number[], values: readonly number[]): NonNullable<Curve['plateau']> {
  const level = mean(tail);
  const spread = deviation(tail);
  const near = 4 * spread + 1e-6 * Math.abs(level);
  const from = values.findLastIndex((value) => Math.abs(value - level) > near) + 1;
  return { from, level, uncertainty: (2 * spread) / Math.sqrt(tail.length) };
}
