import { type Case, type Subject, type TargetTotals, targetKey, type View, viewKey } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { imageOf, plane, type Stack } from './arrays.ts';
import { countTarget, type TargetMode, type TargetReader, targetReader } from './target.ts';
import { type SharedTile, stage, ViewTile } from './tile.ts';

/** Pixels per tile: 2,048, fewer where many channels would push a tile out of the cache. */
export function tileLength(channels: number): number {
  return Math.max(256, Math.min(2048, Math.floor(65_536 / channels / 256) * 256));
}

/** A subject and its arrays. */
export function openCase(subject: Subject, prediction: Stack, target: Stack, mode: TargetMode): Case {
  const readers = new Map<string, TargetReader>();
  const readerOf = (view: View): TargetReader => {
    const key = targetKey(view);
    const reader = readers.get(key) ?? targetReader(subject, target, mode, view);
    readers.set(key, reader);
    return reader;
  };
  const totals = new Map<string, TargetTotals>();
  const stride = Math.max(1, Math.min(tileLength(subject.channels), subject.pixels));
  return {
    ...subject,
    totals(view) {
      const key = targetKey(view);
      const known = totals.get(key) ?? countTarget(subject, readerOf(view), stride);
      totals.set(key, known);
      return known;
    },
    labels(image, view) {
      const labels = new Int32Array(subject.pixels);
      const scratch = new Float64Array(subject.channels * subject.pixels);
      const reader = readerOf(view);
      reader.read(image, 0, subject.pixels, subject.pixels, labels, scratch);
      if (subject.kind === 'binary') kernel.binaryRows(scratch, labels, labels, subject.pixels);
      return labels;
    },
    targets(image, view) {
      if (mode !== 'dense') return null;
      const targets = new Float64Array(subject.channels * subject.pixels);
      readerOf(view).read(image, 0, subject.pixels, subject.pixels, new Int32Array(subject.pixels), targets);
      return targets;
    },
    image(index) {
      return openCase({ ...subject, images: 1 }, imageOf(prediction, index), imageOf(target, index), mode);
    },
    tiles(views, visit) {
      const groups = new Map<string, SharedTile>();
      const scores = new Float64Array(subject.channels * stride);
      const softmax = { ...stage('softmax', scores, stride), ready: false };
      const tiles: ViewTile[] = [];
      for (const view of views) {
        const key = targetKey(view);
        const shared = groups.get(key) ?? sharedTile(subject, scores, softmax, stride, mode);
        groups.set(key, shared);
        tiles.push(new ViewTile(shared, view));
      }
      const readings = [...groups].map(([key, shared]) => {
        const view = views.find((it) => targetKey(it) === key);
        return { shared, reader: readerOf(view as View) };
      });
      for (let image = 0; image < subject.images; image++) {
        for (let start = 0; start < subject.pixels; start += stride) {
          const count = Math.min(stride, subject.pixels - start);
          for (let c = 0; c < subject.channels; c++) {
            kernel.gather(plane(prediction, image, c), start, count, scores, c * stride);
          }
          for (const { shared, reader } of readings) {
            Object.assign(shared, { image, start, count });
            reader.read(image, start, count, stride, shared.labels, shared.targets);
          }
          for (const tile of tiles) tile.reset();
          visit(tiles);
        }
      }
    },
  };
}

function sharedTile(
  subject: Subject,
  scores: Float64Array,
  softmax: SharedTile['softmax'],
  stride: number,
  mode: TargetMode,
): SharedTile {
  return {
    image: 0,
    start: 0,
    count: 0,
    stride,
    channels: subject.channels,
    scores,
    softmax,
    labels: new Int32Array(stride),
    targets: mode === 'dense' ? new Float64Array(subject.channels * stride) : null,
  };
}

/** Views that see the same numbers, once each. */
export function distinctViews(views: readonly View[]): View[] {
  return [...new Map(views.map((it) => [viewKey(it), it])).values()];
}
