import { countBytes } from './bytes.ts';
import type { Labels, Reals } from './reals.ts';
import type { Numbers } from './stored.ts';

/** Integers from here on are counted in a table, the rest in a map. */
export const tableFrom = -1024;
const tableTo = 65_536;
/** Distinct values that a map keeps before it gives up. */
const mapLimit = 4096;

/** Distinct values of a target with their counts, as they come. */
export interface ValueCounts {
  readonly table: Float64Array;
  readonly map: Map<number, number>;
  complete: boolean;
  nonFinite: number;
  integers: number;
  min: number;
  max: number;
}

/** An empty count. */
export function noValues(): ValueCounts {
  return {
    table: new Float64Array(tableTo - tableFrom),
    map: new Map(),
    complete: true,
    nonFinite: 0,
    integers: 0,
    min: Infinity,
    max: -Infinity,
  };
}

/** Counts the distinct values of a run, which in a mask come in rows of the same. */
export function countValues(x: Numbers, counts: ValueCounts): void {
  if (x instanceof Uint8Array) {
    const bytes = new Float64Array(256);
    countBytes(x, bytes);
    for (let v = 0; v < 256; v++) if (bytes[v] > 0) addValue(v, bytes[v], counts);
    return;
  }
  for (let i = 0; i < x.length; ) {
    const v = x[i];
    let end = i + 1;
    while (end < x.length && x[end] === v) end++;
    addValue(v, end - i, counts);
    i = end;
  }
}

function addValue(v: number, times: number, counts: ValueCounts): void {
  if (!Number.isFinite(v)) {
    counts.nonFinite += times;
    return;
  }
  if (v < counts.min) counts.min = v;
  if (v > counts.max) counts.max = v;
  const whole = Math.floor(v) === v;
  if (whole) counts.integers += times;
  if (whole && v >= tableFrom && v < tableTo) {
    counts.table[v - tableFrom] += times;
    return;
  }
  const { map } = counts;
  const known = map.get(v);
  if (known !== undefined || map.size < mapLimit) map.set(v, (known ?? 0) + times);
  else counts.complete = false;
}

/** The value that was met last of those that share a place: a look here is a tenth of one into a set. */
const recent = new Float64Array(1024);

/** Adds the values of a run to those that were met, until there are more than `most`. */
export function addDistinct(x: Numbers, met: Set<number>, most = Number.POSITIVE_INFINITY): void {
  recent.fill(Number.NaN);
  for (let i = 0; i < x.length && met.size <= most; i++) {
    const v = x[i];
    // Neighbouring integers have places of their own, and so have the 256 levels of a byte divided by 255.
    const place = (v * 1021) & 1023;
    if (recent[place] === v) continue;
    recent[place] = v;
    met.add(v);
  }
}

/** Counts colours of values times `scale`, packed as red + 65536 (green + 65536 blue); false when there are too many to be a code. */
export function countColours(
  red: Reals,
  green: Reals,
  blue: Reals,
  count: number,
  scale: number,
  colours: Map<number, number>,
): boolean {
  let last = -1;
  let run = 0;
  for (let i = 0; i < count; i++) {
    const level = (value: number): number => Math.round(scale * value);
    const colour = level(red[i]) + 65_536 * (level(green[i]) + 65_536 * level(blue[i]));
    if (colour === last) {
      run++;
      continue;
    }
    if (run > 0) colours.set(last, (colours.get(last) ?? 0) + run);
    last = colour;
    run = 1;
    if (colours.size > mapLimit) return false;
  }
  if (run > 0) colours.set(last, (colours.get(last) ?? 0) + run);
  return true;
}

/** Pixels whose channels hold no member (value above 1/2), one, and several: three counts. */
export function countMembers(x: Reals, channels: number, stride: number, count: number, members: Float64Array): void {
  for (let i = 0; i < count; i++) {
    let n = 0;
    for (let c = 0; c < channels; c++) if (x[c * stride + i] > 0.5) n++;
    members[Math.min(n, 2)]++;
  }
}

/** Of the pixels with a label: how many, and how many lie within `reach` of another label or of the image border. */
export function countNearEdges(
  labels: Labels,
  squared: Reals,
  shape: readonly number[],
  label: number,
  reach: number,
): { pixels: number; near: number } {
  let pixels = 0;
  let near = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== label) continue;
    pixels++;
    if (squared[i] <= reach * reach || nearBorder(i, shape, reach)) near++;
  }
  return { pixels, near };
}

function nearBorder(pixel: number, shape: readonly number[], reach: number): boolean {
  let rest = pixel;
  // The border of a volume's slice counts, its first and last slice do not: the last two axes decide.
  for (let axis = shape.length - 1; axis >= Math.max(0, shape.length - 2); axis--) {
    const at = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
    if (at < reach || at >= shape[axis] - reach) return true;
  }
  return false;
}
