/**
 * Exact squared Euclidean distance from every pixel to the nearest pixel of another label, all labels in one
 * pass; Infinity where the image holds a single label. Separable: distances within a run of equal labels along the last
 * axis, then the lower envelope of parabolas along each further axis, run by run.
 * Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8 (2012).
 */
export function squaredDistances(
  labels: Int32Array,
  shape: readonly number[],
  spacing: readonly number[],
): Float64Array {
  const out = new Float64Array(labels.length);
  const longest = Math.max(1, ...shape);
  const work: Envelope = {
    f: new Float64Array(longest + 2),
    at: new Int32Array(longest + 2),
    from: new Float64Array(longest + 3),
  };
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis];
    const first = axis === shape.length - 1;
    const block = stride * length;
    for (let base = 0; base < labels.length; base += block) {
      for (let offset = base; offset < base + stride; offset++) {
        alongLine(labels, out, offset, stride, length, spacing[axis], first, work);
      }
    }
    stride = block;
  }
  return out;
}

/** Scratch of the lower envelope: values, positions of its parabolas, and where each begins to be lowest. */
interface Envelope {
  readonly f: Float64Array;
  readonly at: Int32Array;
  readonly from: Float64Array;
}

/** Cuts a line into runs of one label and transforms each; another label just outside a run is at distance 0. */
function alongLine(
  labels: Int32Array,
  out: Float64Array,
  offset: number,
  stride: number,
  length: number,
  spacing: number,
  first: boolean,
  work: Envelope,
): void {
  for (let begin = 0; begin < length; ) {
    const label = labels[offset + begin * stride];
    let end = begin + 1;
    while (end < length && labels[offset + end * stride] === label) end++;
    if (first) fillRun(out, offset, stride, begin, end, length, spacing);
    else envelope(out, offset, stride, begin, end, length, spacing, work);
    begin = end;
  }
}

/** First axis: the squared distance to the nearer end of the run that is not the image's border. */
function fillRun(
  out: Float64Array,
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
  out: Float64Array,
  offset: number,
  stride: number,
  begin: number,
  end: number,
  length: number,
  spacing: number,
  { f, at, from }: Envelope,
): void {
  const open = begin > 0 ? begin - 1 : begin;
  const close = end < length ? end + 1 : end;
  const weight = spacing * spacing;
  let top = -1;
  for (let j = open; j < close; j++) {
    const value = j < begin || j >= end ? 0 : out[offset + j * stride];
    f[j - open] = value;
    if (value === Infinity) continue;
    let meet = -Infinity;
    while (top >= 0) {
      const k = at[top];
      meet = ((value - f[k - open]) / weight + (j * j - k * k)) / (2 * (j - k));
      if (meet > from[top]) break;
      top--;
      meet = -Infinity;
    }
    top++;
    at[top] = j;
    from[top] = top === 0 ? -Infinity : meet;
  }
  if (top < 0) return;
  let k = 0;
  for (let i = begin; i < end; i++) {
    while (k < top && from[k + 1] < i) k++;
    const gap = (i - at[k]) * spacing;
    out[offset + i * stride] = f[at[k] - open] + gap * gap;
  }
}
