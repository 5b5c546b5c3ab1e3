/** A parabola of the envelope, and how far from and how much above the one before it: position, height, span, rise. */
const parabola: usize = 32;

/** See alongLine of the scalar kernel; the steps of the arithmetic are the same, and so are the results. */
export function alongLine(labels: usize, squares: usize, length: i32, spacing: f64, stack: usize): void {
  for (let begin = 0; begin < length; ) {
    const label = load<i16>(labels + (<usize>begin << 1));
    let end = begin + 1;
    while (end < length && load<i16>(labels + (<usize>end << 1)) == label) end++;
    envelope(squares, begin, end, length, spacing, stack);
    begin = end;
  }
}

/** See envelope of the scalar kernel. */
function envelope(squares: usize, begin: i32, end: i32, length: i32, spacing: f64, stack: usize): void {
  const weight = spacing * spacing;
  const first = squares + (<usize>begin << 3);
  const last = squares + (<usize>end << 3);
  const left = begin > 0 ? <f64>(begin - 1) : -Infinity;
  const right = end < length ? <f64>end : Infinity;
  let top = stack;
  if (begin > 0) top = push(top, stack, left, 0, weight);
  let position = <f64>begin;
  for (let at = first; at < last; at += 8, position += 1) {
    const height = load<f64>(at);
    if (height < (position - left) * (right - position) * weight) top = push(top, stack, position, height, weight);
  }
  if (end < length) top = push(top, stack, right, 0, weight);
  if (top == stack) return;
  store<f64>(top, 0);
  store<f64>(top + 8, Infinity);
  // The lowest parabola and the next one stay in registers.
  let lowest = stack + parabola;
  let center = load<f64>(stack);
  let height = load<f64>(stack + 8);
  let nextCenter = load<f64>(lowest);
  let nextHeight = load<f64>(lowest + 8);
  position = <f64>begin;
  for (let at = first; at < last; at += 8, position += 1) {
    let value = valueAt(position, center, height, spacing);
    for (;;) {
      const next = valueAt(position, nextCenter, nextHeight, spacing);
      if (!(next < value)) break;
      value = next;
      center = nextCenter;
      height = nextHeight;
      lowest += parabola;
      nextCenter = load<f64>(lowest);
      nextHeight = load<f64>(lowest + 8);
    }
    store<f64>(at, value);
  }
}

/** Height of a parabola at a position. */
@inline
function valueAt(position: f64, center: f64, height: f64, spacing: f64): f64 {
  const gap = (position - center) * spacing;
  return height + gap * gap;
}

/** See push of the scalar kernel. */
@inline
function push(top: usize, stack: usize, position: f64, height: f64, weight: f64): usize {
  let gap: f64 = 0;
  let rise = -Infinity;
  if (top != stack) {
    for (;;) {
      const below = top - parabola;
      gap = position - load<f64>(below);
      rise = height - load<f64>(below + 8);
      const span = load<f64>(below + 16);
      if (!(load<f64>(below + 24) * gap - rise * span >= (gap + span) * gap * span * weight)) break;
      top = below;
    }
  }
  store<f64>(top, position);
  store<f64>(top + 8, height);
  store<f64>(top + 16, gap);
  store<f64>(top + 24, rise);
  return top + parabola;
}
