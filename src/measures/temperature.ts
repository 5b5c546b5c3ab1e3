import { type Case, type DerivedMeasure, derived, type Tile, type View } from '../core/index.ts';
import { belowLargest, closeRows, type LossAt, openWorkspace, sigmoidLossAt, softmaxLossAt } from '../kernels/index.ts';
import { mostSurprise } from './_pixel-losses.ts';

/** The one number by which to divide all logits so that the cross-entropy is lowest. */
export interface Temperature {
  /** Above 1 the prediction is too sure of itself, below 1 not sure enough; NaN without pixels. */
  readonly temperature: number;
  /** Mean cross-entropy of the pixels looked at, as it is and with that temperature. */
  readonly before: number;
  readonly after: number;
  readonly pixels: number;
}

/** Pixels that are looked at, in runs spread over the images: enough for two digits, few enough to cost nothing. */
const wanted = 8192;
const runs = 32;
const hottest = 50;

/** The best temperature, from a sample of the pixels that is the same every time. */
export const temperature: DerivedMeasure<Temperature> = derived({
  id: 'temperature',
  needs: {},
  compute(_, source, view) {
    const sample = sampleOf(source, view);
    if (source.kind !== 'exclusive') {
      const [z, targets] = [Float64Array.from(sample.z), Float64Array.from(sample.truth)];
      return { ...lowest((factor) => sigmoidLossAt(z, targets, factor)), pixels: sample.pixels };
    }
    return { ...ofClasses(sample, source.channels), pixels: sample.pixels };
  },
});

/** The logits of some pixels, pixel by pixel, and their labels or target values. */
interface Sample {
  readonly z: readonly number[];
  readonly truth: readonly number[];
  readonly pixels: number;
  /** Whether the file holds no more than singles. */
  readonly single: boolean;
}

function sampleOf(source: Case, view: View): Sample {
  const { images, pixels, channels } = source;
  const all = images * pixels;
  const span = Math.max(1, Math.floor(all / runs));
  const z: number[] = [];
  const truth: number[] = [];
  let looked = 0;
  let single = false;
  const look = (tile: Tile | undefined): void => {
    if (tile === undefined) return;
    single = tile.scores instanceof Float32Array;
    const step = Math.max(1, Math.floor(Math.min(all, runs * tile.count) / wanted));
    const logits = scoresOf(tile, view);
    for (let i = 0; i < tile.count; i += step) {
      const label = tile.labels[i] ?? -1;
      if (label < 0) continue;
      looked++;
      for (let c = 0; c < channels; c++) {
        z.push(logits(c * tile.stride + i));
        if (tile.targets !== null) truth.push(tile.targets[c * tile.stride + i] ?? 0);
      }
      if (tile.targets === null) truth.push(label);
    }
  };
  // A tile is looked at where it holds a multiple of the span; the others are not even read.
  const holdsOne = (image: number, start: number, count: number): boolean => {
    const position = image * pixels + start;
    return all <= wanted || Math.floor((position + count - 1) / span) > Math.floor((position - 1) / span);
  };
  source.tiles([view], ([tile]) => look(tile), { wanted: holdsOne });
  return { z, truth, pixels: looked, single };
}

function ofClasses({ z, truth, pixels, single }: Sample, channels: number): Omit<Temperature, 'pixels'> {
  const stride = Math.ceil(pixels / 4) * 4;
  const workspace = openWorkspace(single ? 'single' : 'double', (channels + 1) * stride);
  const below = workspace.reals(channels * stride);
  const labels = workspace.integers(stride);
  for (let i = 0; i < pixels; i++) {
    labels[i] = truth[i] ?? -1;
    for (let c = 0; c < channels; c++) below[c * stride + i] = z[i * channels + c] ?? 0;
  }
  closeRows(labels, pixels);
  belowLargest(below, channels, stride, pixels);
  const found = lowest((factor) => softmaxLossAt(below, labels, channels, stride, pixels, factor));
  workspace.close();
  return found;
}

/** What counts as minus infinity: a class that was masked out. */
const excluded = 1e4;

/** The logit at a place of a tile; of stored probabilities, where 0 and 1 have none, as far as a float reaches. */
function scoresOf(tile: Tile, { steps }: View): (at: number) => number {
  const z = tile.logits();
  const q = steps.length === 0 && tile.targets !== null ? tile.negLogQ() : null;
  const bound = steps.length === 0 ? mostSurprise : excluded;
  return (at) => Math.max(-bound, Math.min((z[at] ?? 0) + (q?.[at] ?? 0), bound));
}

/** Where the slope of a convex loss is 0: Newton's method, halving the bracket where it would leave it. */
function lowest(at: (factor: number) => LossAt): Omit<Temperature, 'pixels'> {
  const before = at(1);
  let [low, high] = [1 / hottest, hottest];
  let factor = 1;
  let here = before;
  for (let step = 0; step < 40 && Math.abs(here.slope) > 1e-9; step++) {
    if (here.slope > 0) high = factor;
    else low = factor;
    const newton = factor - here.slope / here.curvature;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - factor) < 1e-4 * factor) break;
    factor = next;
    here = at(factor);
  }
  return { temperature: Number.isNaN(here.loss) ? Number.NaN : 1 / factor, before: before.loss, after: here.loss };
}
