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
  /** Where a pixel is what its byte says, wherever it lies. */
  readonly bytes: ByteTarget | null;
}

/** What each of the 256 bytes becomes, and where the bytes are. */
interface ByteTarget {
  readonly labels: Int32Array;
  readonly targets: Float64Array;
  gather(image: number, start: number, count: number): Uint8Array;
}

/** A reader of the target as a view wants it: what is ignored, and what the stored values are turned into. */
export function targetReader(subject: Subject, target: Stack, mode: TargetMode, view: View): TargetReader {
  const { offset, classes, flat = false } = view.target;
  const place = placed(target, view.target);
  const gather = flat ? flatRuns(target) : place.gather;
  const decode = decoder(subject, target.channels, mode, view);
  const settle = (labels: Int32Array, start: number, count: number): void => {
    if (offset !== undefined) kernel.ignoreOutside(labels, place.spatial, offset, start, count);
    if (classes !== undefined) kernel.relabel(labels, classes, count);
  };
  if (!flat && target.channels === 1 && ['uint8', 'bool'].includes(target.array.dtype)) {
    return byteReader(mode, gather, decode, settle, offset !== undefined);
  }
  let scratch = new Float64Array(0);
  return {
    mode,
    bytes: null,
    read(image, start, count, stride, labels, targets) {
      const size = target.channels * stride;
      if (targets === null && scratch.length < size) scratch = new Float64Array(size);
      const values = targets ?? scratch;
      for (let c = 0; c < target.channels; c++) gather(image, c, start, count, values, c * stride);
      decode(values, labels, stride, count);
      settle(labels, start, count);
    },
  };
}

type Settle = (labels: Int32Array, start: number, count: number) => void;

/** A reader of one channel of bytes: each of the 256 is decoded once, and a pixel is looked up. */
function byteReader(mode: TargetMode, gather: Gather, decode: Decode, settle: Settle, byPlace: boolean): TargetReader {
  const decoded = Float64Array.from({ length: 256 }, (_, byte) => byte);
  const classes = new Int32Array(256);
  decode(decoded, classes, 256, 256);
  if (!byPlace) settle(classes, 0, 256);
  let scratch = new Uint8Array(0);
  const bytesOf = (image: number, start: number, count: number): Uint8Array => {
    if (scratch.length < count) scratch = new Uint8Array(count);
    gather(image, 0, start, count, scratch, 0);
    return scratch.subarray(0, count);
  };
  return {
    mode,
    bytes: byPlace ? null : { labels: classes, targets: decoded, gather: bytesOf },
    read(image, start, count, _stride, labels, targets) {
      const bytes = bytesOf(image, start, count);
      kernel.mapBytes(bytes, classes, labels);
      if (mode === 'dense' && targets !== null) kernel.mapBytes(bytes, decoded, targets);
      if (byPlace) settle(labels, start, count);
    },
  };
}

/** Turns stored values into target values, in place, and into labels. */
type Decode = (values: Reals, labels: Int32Array, stride: number, count: number) => void;

function decoder(subject: Subject, channels: number, mode: TargetMode, view: View): Decode {
  const ignore = [...subject.ignore, ...view.ignore];
  const { voidClass } = view;
  const { shift } = view.target;
  const own = view.target.levels ?? subject.target.levels ?? [];
  const scale = view.target.scale * (own.length > 0 ? 1 : subject.target.scale);
  const levels = own.map(([stored, id]) => [stored, id * scale + shift] as const);
  const changed = levels.length === 0 && (scale !== 1 || shift !== 0);
  if (mode === 'ids' && levels.length === 0) {
    const table = labelTable(subject, scale, shift, ignore, voidClass ?? -1);
    return (values, labels, _stride, count) => {
      if (changed) kernel.affineWhole(values, scale, shift, count);
      kernel.lookUp(values, table, labels, count);
    };
  }
  const overlaps = subject.target.encoding === 'multi-hot';
  return (values, labels, stride, count) => {
    kernel.maskIgnored(values, ignore, labels, channels, stride, count);
    if (levels.length > 0) kernel.toLevels(values, levels, channels, stride, count);
    if (mode === 'dense' && changed) kernel.affine(values, scale, shift, values, channels, stride, count);
    if (voidClass !== undefined) kernel.fillIgnored(values, labels, voidClass, channels, stride, count);
    if (mode === 'ids') kernel.asLabels(values, labels, subject.channels, count);
    else if (mode === 'one-hot') kernel.fromOneHot(values, labels, channels, stride, count, overlaps);
  };
}

type Gather = (image: number, channel: number, start: number, count: number, out: kernel.Numbers, at: number) => void;

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
  const { images, channels } = subject;
  const dense = reader.mode === 'dense';
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
    eachPart(subject, reader, image, stride, (labels, targets, count, times) => {
      kernel.countLabels(labels, counts, rows, count, times);
      if (targets !== null)
        kernel.countTargets(targets, labels, sums, channels, targets.length / channels, count, times);
    });
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

type Part = (labels: Int32Array, targets: Float64Array | null, count: number, times: Float64Array | null) => void;

/** Bytes that are counted together. */
const bytesPerRun = 65_536;

/** The pixels of an image, run by run; of a target of bytes the 256 that there are, and how often each occurs. */
function eachPart(
  { channels, pixels }: Subject,
  reader: TargetReader,
  image: number,
  stride: number,
  visit: Part,
): void {
  const { mode, bytes } = reader;
  const run = bytes === null ? stride : bytesPerRun;
  const runs = Array.from({ length: Math.ceil(pixels / run) }, (_, k) => k * run);
  const lengthOf = (start: number): number => Math.min(run, pixels - start);
  if (bytes !== null) {
    const times = new Float64Array(256);
    for (const start of runs) kernel.countBytes(bytes.gather(image, start, lengthOf(start)), times);
    visit(bytes.labels, mode === 'dense' ? bytes.targets : null, 256, times);
    return;
  }
  const labels = new Int32Array(stride);
  const targets = mode === 'dense' ? new Float64Array(channels * stride) : null;
  for (const start of runs) {
    reader.read(image, start, lengthOf(start), stride, labels, targets);
    visit(labels, targets, lengthOf(start), null);
  }
}
