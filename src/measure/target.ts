import type { Subject, TargetTotals, View } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from './arrays.ts';

/** How the target says what a pixel is: class ids, one-hot channels of exclusive classes, or values per channel. */
export type TargetMode = 'ids' | 'one-hot' | 'dense';

/** Fills labels, and for dense targets the values per channel, of a run of pixels of an image. */
export interface TargetReader {
  readonly mode: TargetMode;
  read(
    image: number,
    start: number,
    count: number,
    stride: number,
    labels: Int32Array,
    targets: Float64Array | null,
  ): void;
}

/** A reader of the target as a view wants it: what is ignored, and what the stored values are turned into. */
export function targetReader(subject: Subject, target: Stack, mode: TargetMode, view: View): TargetReader {
  const ignore = [...subject.ignore, ...view.ignore];
  const scale = view.target.scale * subject.target.scale;
  const { shift } = view.target;
  const changed = scale !== 1 || shift !== 0;
  let scratch = new Float64Array(0);
  const atLeast = (size: number): Float64Array => {
    if (scratch.length < size) scratch = new Float64Array(size);
    return scratch;
  };
  const table = mode === 'ids' ? labelTable(subject, scale, shift, ignore, view.voidClass ?? -1) : null;
  return {
    mode,
    read(image, start, count, stride, labels, targets) {
      if (table !== null) {
        const values = atLeast(count);
        kernel.gather(plane(target, image, 0), start, count, values, 0);
        if (changed) kernel.affineWhole(values, scale, shift, count);
        kernel.lookUp(values, table, labels, count);
        return;
      }
      const values = targets ?? atLeast(target.channels * stride);
      for (let c = 0; c < target.channels; c++)
        kernel.gather(plane(target, image, c), start, count, values, c * stride);
      kernel.maskIgnored(values, ignore, labels, target.channels, stride, count);
      if (mode === 'dense' && changed) kernel.affine(values, scale, shift, values, target.channels, stride, count);
      if (view.voidClass !== undefined) {
        kernel.fillIgnored(values, labels, view.voidClass, target.channels, stride, count);
      }
      if (mode === 'one-hot') kernel.fromOneHot(values, labels, target.channels, stride, count);
    },
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
