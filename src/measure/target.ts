import type { Reals, Subject, TargetTotals, View } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from './arrays.ts';
import { placed } from './placement.ts';

/** How the target says what a pixel is: class ids, one-hot channels of exclusive classes, or values per channel. */
export type TargetMode = 'ids' | 'one-hot' | 'dense';

/** Fills labels, and for dense targets the values per channel, of a run of pixels of an image. */
export interface TargetReader {
  readonly mode: TargetMode;
  read(image: number, start: number, count: number, stride: number, labels: Int32Array, targets: Reals | null): void;
}

/** A reader of the target as a view wants it: what is ignored, and what the stored values are turned into. */
export function targetReader(subject: Subject, target: Stack, mode: TargetMode, view: View): TargetReader {
  const ignore = [...subject.ignore, ...view.ignore];
  const { voidClass } = view;
  const own = view.target.levels ?? subject.target.levels ?? [];
  const scale = view.target.scale * (own.length > 0 ? 1 : subject.target.scale);
  const { shift, offset, classes, flat = false } = view.target;
  const levels = own.map(([stored, id]) => [stored, id * scale + shift] as const);
  const changed = levels.length === 0 && (scale !== 1 || shift !== 0);
  let scratch = new Float64Array(0);
  const atLeast = (size: number): Float64Array => {
    if (scratch.length < size) scratch = new Float64Array(size);
    return scratch;
  };
  const place = placed(target, view.target);
  const { spatial } = place;
  const gather = flat ? flatRuns(target) : place.gather;
  const settle = (labels: Int32Array, start: number, count: number): void => {
    if (offset !== undefined) kernel.ignoreOutside(labels, spatial, offset, start, count);
    if (classes !== undefined) kernel.relabel(labels, classes, count);
  };
  const table =
    mode === 'ids' && levels.length === 0 ? labelTable(subject, scale, shift, ignore, voidClass ?? -1) : null;
  const overlaps = subject.target.encoding === 'multi-hot';
  return {
    mode,
    read(image, start, count, stride, labels, targets) {
      if (table !== null) {
        const values = atLeast(count);
        gather(image, 0, start, count, values, 0);
        if (changed) kernel.affineWhole(values, scale, shift, count);
        kernel.lookUp(values, table, labels, count);
        settle(labels, start, count);
        return;
      }
      const values = targets ?? atLeast(target.channels * stride);
      for (let c = 0; c < target.channels; c++) gather(image, c, start, count, values, c * stride);
      kernel.maskIgnored(values, ignore, labels, target.channels, stride, count);
      if (levels.length > 0) kernel.toLevels(values, levels, target.channels, stride, count);
      if (mode === 'dense' && changed) kernel.affine(values, scale, shift, values, target.channels, stride, count);
      if (voidClass !== undefined) kernel.fillIgnored(values, labels, voidClass, target.channels, stride, count);
      if (mode === 'ids') kernel.asLabels(values, labels, subject.channels, count);
      else if (mode === 'one-hot') kernel.fromOneHot(values, labels, target.channels, stride, count, overlaps);
      settle(labels, start, count);
    },
  };
}

type Gather = (image: number, channel: number, start: number, count: number, out: Reals, at: number) => void;

/** Runs of pixels of a label map whose ramps were flattened, which takes the whole image: kept until another is asked for. */
function flatRuns(target: Stack): Gather {
  const { spatial } = target;
  const values = new Float64Array(spatial.reduce((a, b) => a * b, 1));
  let kept = '';
  return (image, channel, start, count, out, at) => {
    if (kept !== `${image},${channel}`) {
      kernel.gather(plane(target, image, channel), 0, values.length, values, 0);
      kernel.flattenRamps(values, spatial);
      kept = `${image},${channel}`;
    }
    out.set(values.subarray(start, start + count), at);
  };
}

/** The class of every integer, after scaling, from the lowest to the highest that occurs. */
function labelTable(
  subject: Subject,
  scale: number,
  shift: number,
  ignore: readonly number[],
  ignored: number,
): kernel.LabelTable {
  const { min, max } = subject.target.profile;
  const ends = [min * scale + shift, max * scale + shift];
  const from = Math.max(-1024, Math.min(0, Math.floor(Math.min(...ends))));
  const to = Math.min(1 << 20, Math.ceil(Math.max(...ends)));
  const dropped = new Set(
    ignore.map((value) => (scale === 1 && shift === 0 ? value : Math.round(value * scale + shift))),
  );
  const classes = new Int32Array(Math.max(0, to - from + 1)).fill(-2);
  for (let v = from; v <= to; v++) {
    if (dropped.has(v)) classes[v - from] = ignored;
    else if (v >= 0 && v < subject.channels) classes[v - from] = v;
  }
  return { from, classes };
}

/** Totals of the target per image and channel, in one pass over the target alone. */
export function countTarget(subject: Subject, reader: TargetReader, stride: number): TargetTotals {
  const { images, channels, pixels } = subject;
  const dense = reader.mode === 'dense';
  const labels = new Int32Array(stride);
  const targets = dense ? new Float64Array(channels * stride) : null;
  const columns = Array.from({ length: 5 }, () => new Float64Array(images * channels));
  const [count, sum, square, restSum, restSquare] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const valid = new Float64Array(images);
  const ignored = new Float64Array(images);
  let unknown = 0;
  for (let image = 0; image < images; image++) {
    const rows = dense ? 1 : channels;
    const counts = new Float64Array(rows + 2);
    const sums = new Float64Array(5 * channels);
    for (let start = 0; start < pixels; start += stride) {
      const length = Math.min(stride, pixels - start);
      reader.read(image, start, length, stride, labels, targets);
      kernel.countLabels(labels, counts, rows, length);
      if (targets !== null) kernel.countTargets(targets, labels, sums, channels, stride, length);
    }
    ignored[image] = counts[rows] ?? 0;
    unknown += counts[rows + 1] ?? 0;
    valid[image] = counts.subarray(0, rows).reduce((a, b) => a + b, 0);
    for (let c = 0; c < channels; c++) {
      const hard = counts[c] ?? 0;
      const cell = dense ? sums.subarray(5 * c, 5 * c + 5) : [hard, hard, hard, 0, 0];
      columns.forEach((column, k) => {
        column[image * channels + c] = cell[k] ?? 0;
      });
    }
  }
  return { images, channels, valid, ignored, count, sum, square, restSum, restSquare, unknown };
}
