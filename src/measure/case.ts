import { type Case, type Crew, type Subject, type TargetTotals, targetKey, type View, viewKey } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { imageOf, plane, type Stack } from './arrays.ts';
import { orderOf } from './order.ts';
import { countTarget, type TargetMode, type TargetReader, targetReader } from './target.ts';
import { SharedTile, ViewTile } from './tile.ts';

/** Pixels per tile: 2,048, fewer where many channels would push a tile out of the cache. */
export function tileLength(channels: number): number {
  return Math.max(256, Math.min(2048, Math.floor(65_536 / channels / 256) * 256));
}

/** Tiles per block: partial results are merged block by block, in order, whoever gathered them. */
const blockTiles = 8;

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
  const readers = new Map<string, TargetReader>();
  const readerOf = (view: View): TargetReader => {
    const key = targetKey(view);
    const reader = readers.get(key) ?? targetReader(subject, target, mode, view);
    readers.set(key, reader);
    return reader;
  };
  const totals = new Map<string, TargetTotals>();
  const length = Math.max(1, Math.min(tileLength(subject.channels), subject.pixels));
  const perImage = Math.ceil(subject.pixels / (length * blockTiles));
  const blocks = subject.images * perImage;
  return {
    ...subject,
    blocks,
    image(index) {
      const [own, truth] = [imageOf(prediction, index), imageOf(target, index)];
      return openCase({ ...subject, images: 1 }, own, truth, mode, precision, crew);
    },
    totals(view) {
      const key = targetKey(view);
      const known = totals.get(key) ?? countTarget(subject, readerOf(view), length);
      totals.set(key, known);
      return known;
    },
    labels(image, view) {
      const labels = new Int32Array(subject.pixels);
      const scratch = new Float64Array(subject.channels * length);
      const reader = readerOf(view);
      for (let start = 0; start < subject.pixels; start += length) {
        const run = labels.subarray(start, start + length);
        reader.read(image, start, run.length, length, run, scratch);
        if (subject.kind === 'binary') kernel.binaryRows(scratch, run, run, run.length);
      }
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
      const values = wide(target) ? new Float64Array(count) : new Float32Array(count);
      kernel.gather(plane(target, image, 0), start, count, values, 0);
      return values;
    },
    share:
      crew &&
      ((jobs, gather, take) => {
        crew.share(orderOf({ subject, prediction, target, mode, precision }, jobs), blocks, gather, take);
      }),
    tiles(views, visit, wanted = first(blocks)) {
      const workspace = kernel.openWorkspace(precision);
      const stride = rowLength(length, workspace.step);
      const groups = new Map<string, SharedTile>();
      const scores = workspace.reals(subject.channels * stride);
      const tiles: ViewTile[] = [];
      for (const view of views) {
        const key = targetKey(view);
        const shared = groups.get(key) ?? new SharedTile(subject.channels, stride, scores, mode === 'dense', workspace);
        groups.set(key, shared);
        tiles.push(new ViewTile(shared, view));
      }
      const readings = [...groups].map(([key, shared]) => {
        const view = views.find((it) => targetKey(it) === key);
        return { shared, reader: readerOf(view as View) };
      });
      for (const block of wanted) {
        const image = Math.floor(block / perImage);
        const begin = (block - image * perImage) * blockTiles * length;
        const end = Math.min(subject.pixels, begin + blockTiles * length);
        for (let start = begin; start < end; start += length) {
          const count = Math.min(length, end - start);
          for (let c = 0; c < subject.channels; c++) {
            kernel.gather(plane(prediction, image, c), start, count, scores, c * stride);
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

/** How exactly the pixels are worked on: `single` leaves it to the SIMD kernels, `double` is float64 throughout. */
export type Precision = 'single' | 'double';

/** Singles where neither array says more than a single can hold. */
function precisionOf(prediction: Stack, target: Stack, mode: TargetMode): Precision {
  const narrow = ({ array: { dtype } }: Stack): boolean => dtype === 'float32' || dtype === 'float16';
  return narrow(prediction) && !(mode === 'dense' && wide(target)) ? 'single' : 'double';
}

/** True for values that a single may not hold. */
function wide({ array }: Stack): boolean {
  return ['float64', 'int64', 'uint64', 'int32', 'uint32'].includes(array.dtype);
}

/** Views that see the same numbers, once each. */
export function distinctViews(views: readonly View[]): View[] {
  return [...new Map(views.map((it) => [viewKey(it), it])).values()];
}
