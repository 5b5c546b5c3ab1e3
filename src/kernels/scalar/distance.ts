import type { Labels, MemoryKind, Reals } from './reals.ts';

/** Largest integer up to which singles hold all of them. */
const SINGLE = 2 ** 24;

/** Room for the squared distances of an image: singles where they are whole numbers that singles hold. */
export function roomForSquares(
  shape: readonly number[],
  spacing: readonly number[],
  Memory: MemoryKind = ArrayBuffer,
): Reals {
  const length = shape.reduce((a, b) => a * b, 1);
  const whole = spacing.every((step) => step === 1) && shape.reduce((sum, n) => sum + n * n, 1) <= SINGLE;
  return whole ? new Float32Array(new Memory(4 * length)) : new Float64Array(new Memory(8 * length));
}

/**
 * Exact squared Euclidean distance from every pixel to the nearest pixel of another label, all labels in one
 * pass; Infinity where the image holds a single label. Separable: distances within a run of equal labels along the first
 * axis, then the lower envelope of parabolas along each further axis, run by run.
 * Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8 (2012).
 */
export function squaredDistances(labels: Labels, shape: readonly number[], spacing: readonly number[]): Reals {
  const out = roomForSquares(shape, spacing);
  const longest = Math.max(1, ...shape);
  const stack: Parabolas = {
    at: new Float64Array(longest + 3),
    height: new Float64Array(longest + 3),
    span: new Float64Array(longest + 3),
    rise: new Float64Array(longest + 3),
  };
  let block = labels.length;
  for (const [axis, length] of shape.entries()) {
    const stride = block / length;
    for (let base = 0; base < labels.length; base += block) {
      for (let offset = base; offset < base + stride; offset++) {
        alongLine(labels, out, offset, stride, length, spacing[axis], axis === 0, stack);
      }
    }
    block = stride;
  }
  return out;
}

/** Scratch of the lower envelope: its parabolas, and how far from and how much above the one before each of them stands. */
interface Parabolas {
  readonly at: Float64Array;
  readonly height: Float64Array;
  readonly span: Float64Array;
  readonly rise: Float64Array;
}

/** Cuts a line into runs of one label and transforms each; another label just outside a run is at distance 0. */
function alongLine(
  labels: Labels,
  out: Reals,
  offset: number,
  stride: number,
  length: number,
  spacing: number,
  first: boolean,
  stack: Parabolas,
): void {
  for (let begin = 0; begin < length; ) {
    const label = labels[offset + begin * stride];
    let end = begin + 1;
    while (end < length && labels[offset + end * stride] === label) end++;
    if (first) fillRun(out, offset, stride, begin, end, length, spacing);
    else envelope(out, offset, stride, begin, end, length, spacing, stack);
    begin = end;
  }
}

/** First axis: the squared distance to the nearer end of the run that is not the image's border. */
function fillRun(
  out: Reals,
  offset: number,
  stride: number,
  begin: number,
  end: number,
  length: number,
  spacing: number,
): void {
  for (let i = begin; i < end; i++) {
    const left = begin > 0 ? i - begin + 1 : Infinity;
    const right = end < length ? end - i : Infinity;
    const steps = Math.min(left, right) * spacing;
    out[offset + i * stride] = steps * steps;
  }
}

/** Further axes: min over j of f(j) + (spacing (i - j))^2 within the run, with f = 0 just beyond its inner ends. */
function envelope(
  out: Reals,
  offset: number,
  stride: number,
  begin: number,
  end: number,
  length: number,
  spacing: number,
  stack: Parabolas,
): void {
  const { at, height } = stack;
  const weight = spacing * spacing;
  const left = begin > 0 ? begin - 1 : -Infinity;
  const right = end < length ? end : Infinity;
  let count = 0;
  if (begin > 0) count = push(stack, count, left, 0, weight);
  for (let j = begin; j < end; j++) {
    const value = out[offset + j * stride];
    // Where it is higher, the two ends are nearer everywhere.
    if (value < (j - left) * (right - j) * weight) count = push(stack, count, j, value, weight);
  }
  if (end < length) count = push(stack, count, right, 0, weight);
  if (count === 0) return;
  height[count] = Infinity;
  let k = 0;
  for (let i = begin; i < end; i++) {
    let value = valueAt(i, at[k], height[k], spacing);
    for (;;) {
      const next = valueAt(i, at[k + 1], height[k + 1], spacing);
      if (!(next < value)) break;
      value = next;
      k++;
    }
    out[offset + i * stride] = value;
  }
}

/** Height of a parabola at a position. */
function valueAt(position: number, center: number, height: number, spacing: number): number {
  const gap = (position - center) * spacing;
  return height + gap * gap;
}

/**
 * Puts a parabola on top of those that it leaves lowest anywhere. The middle one of three is lowest nowhere if the outer two
 * meet before it meets the first; multiplied out, so that nothing is divided and whole numbers stay exact.
 */
function push(
  { at, height, span, rise }: Parabolas,
  count: number,
  position: number,
  value: number,
  weight: number,
): number {
  let gap = 0;
  let up = -Infinity; // nothing stands before the first: it stays
  while (count > 0) {
    const k = count - 1;
    gap = position - at[k];
    up = value - height[k];
    if (!(rise[k] * gap - up * span[k] >= (gap + span[k]) * gap * span[k] * weight)) break;
    count = k;
  }
  at[count] = position;
  height[count] = value;
  span[count] = gap;
  rise[count] = up;
  return count + 1;
}
