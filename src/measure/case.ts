import {
  type Case,
  type Crew,
  type Precision,
  type Reals,
  type Subject,
  type TargetTotals,
  targetKey,
  type View,
  viewKey,
  type WrongAxis,
} from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { gatherTile, imageOf, isInterleaved, isScattered, partAt, plane, type Stack } from './arrays.ts';
import { distancesOn } from './distances.ts';
import { type Normaliser, normalisers } from './log-sums.ts';
import { orderOf } from './order.ts';
import { countTarget, type TargetMode, type TargetReader, targetReader } from './target.ts';
import { SharedTile, ViewTile } from './tile.ts';

/** Values of a tile: with a probability for each they fill a good half of a cache of 2 MB. */
const tileValues = 160 * 1024;

/** Pixels per tile: 8,192, which a file gives in one read per channel at nearly full speed; fewer where there are many channels. */
export function tileLength(channels: number): number {
  return Math.max(256, Math.min(8192, Math.floor(tileValues / channels / 256) * 256));
}

/** Arrays of the size of a tile, each with one of a channel, that a sweep needs besides those of its views, and that a view needs, at most. */
const arrays = { ofAll: 11, ofView: 5 };

/** Tiles per block: partial results are merged block by block, in order, whoever gathered them. */
const blockTiles = 2;

/** Neighbouring blocks that one thread reads: as many as a window on a file covers a few times. */
const stretches = { usual: 8, scattered: 64 };

/** Values from one channel of a tile to the next: a few more than its pixels, so that channels do not share cache sets. */
export function rowLength(pixels: number, step: number): number {
  return step === 1 ? pixels : Math.ceil(pixels / 16) * 16 + 16;
}

/** A subject and its arrays. */
export function openCase(
  subject: Subject,
  prediction: Stack,
  target: Stack,
  mode: TargetMode,
  precision: Precision = precisionOf(prediction, target, mode),
  crew: Crew | null = null,
): Case {
  return caseOf(subject, { prediction, target, mode, precision, crew, readers: new Map(), totals: new Map() });
}

/** Where the pixels of a case are, and what is known of its target. */
interface Pixels {
  readonly prediction: Stack;
  readonly target: Stack;
  readonly mode: TargetMode;
  readonly precision: Precision;
  readonly crew: Crew | null;
  readonly readers: Map<string, TargetReader>;
  readonly totals: Map<string, TargetTotals>;
}

function caseOf(subject: Subject, own: Pixels): Case {
  const { prediction, target, mode, precision, crew, readers, totals } = own;
  const readerOf = (view: View): TargetReader => {
    const key = targetKey(view);
    const reader = readers.get(key) ?? targetReader(subject, target, mode, view);
    readers.set(key, reader);
    return reader;
  };
  const softmaxes = new Map<WrongAxis, Normaliser>();
  const length = Math.max(1, Math.min(tileLength(subject.channels), subject.pixels));
  const perImage = Math.ceil(subject.pixels / (length * blockTiles));
  const blocks = subject.images * perImage;
  return {
    ...subject,
    precision,
    blocks,
    imageAt: (block) => partAt(prediction, perImage, block).image,
    described: (other) => caseOf(other, own),
    image(index) {
      const [scores, truth] = [imageOf(prediction, index), imageOf(target, index)];
      return openCase({ ...subject, images: 1 }, scores, truth, mode, precision, crew);
    },
    totals(view) {
      const key = targetKey(view);
      const known = totals.get(key) ?? countTarget(subject, readerOf(view), length);
      totals.set(key, known);
      return known;
    },
    labels(image, view) {
      const labels = kernel.roomForLabels(subject.rows, subject.pixels, crew ? SharedArrayBuffer : ArrayBuffer);
      const workspace = kernel.openWorkspace(precision, (mode === 'dense' ? subject.channels + 1 : 1) * length);
      const run = workspace.integers(rowLength(length, workspace.step));
      const targets = mode === 'dense' ? workspace.reals(subject.channels * length) : null;
      const reader = readerOf(view);
      for (let start = 0; start < subject.pixels; start += length) {
        const count = Math.min(length, subject.pixels - start);
        reader.read(image, start, count, length, run, targets);
        if (subject.kind === 'binary' && targets !== null) kernel.binaryRows(targets, run, run, count);
        labels.set(run.subarray(0, count), start);
      }
      workspace.close();
      return labels;
    },
    targets(image, view) {
      if (mode !== 'dense') return null;
      const targets = new Float64Array(subject.channels * subject.pixels);
      const [reader, labels] = [readerOf(view), new Int32Array(length)];
      for (let start = 0; start < subject.pixels; start += length) {
        const count = Math.min(length, subject.pixels - start);
        reader.read(image, start, count, subject.pixels, labels, targets.subarray(start));
      }
      return targets;
    },
    stored(image, start = 0, count = subject.pixels) {
      const values = isWide(target) ? new Float64Array(count) : new Float32Array(count);
      kernel.gather(plane(target, image, 0), start, count, values, 0);
      return values;
    },
    squaredDistances: (maps, spacing) =>
      distancesOn(maps, subject.spatial, spacing ?? subject.spatial.map(() => 1), crew),
    share:
      crew &&
      ((jobs, gather, take) => {
        const order = orderOf({ subject, prediction, target, mode, precision }, jobs);
        const scattered = isScattered(prediction) || isInterleaved(prediction);
        crew.share(order, blocks, scattered ? stretches.scattered : stretches.usual, gather, take);
      }),
    tiles(views, visit, { blocks: chosen = first(blocks), wanted } = {}) {
      const room = arrays.ofAll + arrays.ofView * views.length;
      const workspace = kernel.openWorkspace(precision, room * (subject.channels + 1) * length);
      const stride = rowLength(length, workspace.step);
      const groups = new Map<string, SharedTile>();
      const scores = workspace.reals(subject.channels * stride);
      const others = new Map<WrongAxis, Reals>();
      for (const { over } of views) {
        if (over !== undefined && !others.has(over)) others.set(over, workspace.reals(subject.channels * stride));
      }
      const missing = [...others.keys()].filter((over) => !softmaxes.has(over));
      if (missing.length > 0) {
        const { max } = subject.prediction.profile;
        for (const [over, normalise] of normalisers(prediction, max, missing)) softmaxes.set(over, normalise);
      }
      const tiles: ViewTile[] = [];
      const readings: { shared: SharedTile; reader: TargetReader }[] = [];
      for (const view of views) {
        const key = `${targetKey(view)} ${view.over}`;
        const own = (view.over && others.get(view.over)) ?? scores;
        const known = groups.get(key);
        const shared = known ?? new SharedTile(subject.channels, stride, own, mode === 'dense', workspace);
        if (known === undefined) readings.push({ shared, reader: readerOf(view) });
        groups.set(key, shared);
        tiles.push(new ViewTile(shared, view));
      }
      for (const block of chosen) {
        const { image, part } = partAt(prediction, perImage, block);
        const begin = part * blockTiles * length;
        const end = Math.min(subject.pixels, begin + blockTiles * length);
        for (let start = begin; start < end; start += length) {
          const count = Math.min(length, end - start);
          if (wanted?.(image, start, count) === false) continue;
          gatherTile(prediction, image, start, count, scores, stride);
          for (const [over, own] of others) {
            for (let c = 0; c < subject.channels; c++) {
              const channel = own.subarray(c * stride, c * stride + count);
              channel.set(scores.subarray(c * stride, c * stride + count));
              softmaxes.get(over)?.(channel, image, c, start);
            }
          }
          for (const { shared, reader } of readings) {
            reader.read(image, start, count, stride, shared.labels, shared.targets);
            shared.moveTo(image, start, count);
          }
          for (const tile of tiles) tile.reset();
          visit(tiles);
        }
      }
      workspace.close();
    },
  };
}

/** The whole numbers below a count. */
export function* first(count: number): Generator<number, void> {
  for (let k = 0; k < count; k++) yield k;
}

/** Singles where neither array says more than a single can hold. */
function precisionOf(prediction: Stack, target: Stack, mode: TargetMode): Precision {
  return isWide(prediction) || (mode === 'dense' && isWide(target)) ? 'double' : 'single';
}

/** True for values that a single may not hold. */
export function isWide({ array }: Stack): boolean {
  return ['float64', 'int64', 'uint64', 'int32', 'uint32'].includes(array.dtype);
}

/** Views that see the same numbers, once each. */
export function distinctViews(views: readonly View[]): View[] {
  return [...new Map(views.map((it) => [viewKey(it), it])).values()];
}
