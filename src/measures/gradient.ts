import {
  type Curve,
  curveKey,
  type GradientField,
  type GradientSummary,
  type Subject,
  type SweptMeasure,
  swept,
  type Tile,
  type View,
} from '../core/index.ts';
import {
  add,
  addRun,
  elementsGradient,
  gradientColumns,
  likelihoodAtProbabilities,
  likelihoodAtScores,
  likelihoodSlopes,
  type PixelFactor,
  regionColumns,
  regionGradient,
  summariseGradient,
} from '../kernels/index.ts';
import { curveNumbers, total } from './_curve.ts';
import { tileRows } from './_pixel-losses.ts';
import { winners } from './unsure-losses.ts';

/** Buffers of one sweep: gradient at the last step's input, gradient at the probabilities, slopes, winners. */
interface Buffers {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  readonly slopes: Float64Array;
  readonly winners: Float64Array;
}

/**
 * Gradient of a loss at the stored array, summarised: nothing of the input's size is kept. `fields` come from the loss; the chain rule through
 * the steps of the view is applied here.
 */
export function gradient(fields: readonly GradientField[], view: View): SweptMeasure<GradientSummary> {
  let buffers: Buffers | null = null;
  return swept({
    id: `gradient ${fields.map(fieldKey).join(' + ')}`,
    start: (subject: Subject) => ({
      summary: new Float64Array(gradientColumns + subject.rows + 1),
      head: [] as number[],
    }),
    tile(state, tile) {
      const size = tile.channels * tile.stride;
      buffers ??= {
        scores: new Float64Array(size),
        probabilities: new Float64Array(size),
        slopes: new Float64Array(tile.stride),
        winners: new Float64Array(tile.stride),
      };
      const { scores, probabilities } = buffers;
      scores.fill(0);
      probabilities.fill(0);
      const used = new Set(fields.map((field) => applyField(field, tile, view, buffers as Buffers)));
      if (used.has(scores)) tile.backward(scores, 'scores');
      if (used.has(probabilities)) tile.backward(probabilities, 'probabilities');
      if (used.size > 1) add(scores, probabilities, scores, tile.channels, tile.stride, tile.count);
      const whole = used.has(scores) ? scores : probabilities;
      const byChannel = tile.targets !== null && tile.channels > 1;
      summariseGradient(whole, tileRows(tile), byChannel, state.summary, tile.channels, tile.stride, tile.count);
      keepHead(whole, tile, state.head);
    },
    merge(into, from) {
      const [a, b] = [into.summary, from.summary];
      for (let k = 0; k < a.length; k++) a[k] = k === 0 ? larger(a[0] ?? 0, b[0] ?? 0) : (a[k] ?? 0) + (b[k] ?? 0);
      into.head.push(...from.head);
    },
    finish(states, subject) {
      const sums = total(
        states.map((it) => it.summary),
        gradientColumns + subject.rows + 1,
      );
      const squares = [...sums.subarray(gradientColumns)];
      const all = squares.reduce((a, b) => a + b, 0);
      return {
        l2: Math.sqrt(all),
        max: states.reduce((most, it) => larger(most, it.summary[0] ?? 0), 0),
        perClass: squares.slice(1).map((square) => (all === 0 ? 0 : square / all)),
        vanishing: (sums[1] ?? 0) / (sums[2] ?? 0),
        head: firstEight(states[0]?.head ?? [], subject),
      };
    },
  });
}

/** The larger of two sizes, NaN if either is. */
function larger(a: number, b: number): number {
  return Math.max(a, b);
}

/** Adds a field's gradient to the buffer that it belongs to, and says which that is. */
function applyField(field: GradientField, tile: Tile, view: View, buffers: Buffers): Float64Array {
  const { channels, stride, count, labels, targets } = tile;
  const p = tile.probabilities();
  if (field.kind === 'map') {
    const out = field.at === 'scores' ? buffers.scores : buffers.probabilities;
    const whole = field.values[tile.image];
    if (whole !== undefined) addRun(whole, whole.length / channels, tile.start, out, channels, stride, count);
    return out;
  }
  if (field.kind === 'region') {
    const at = regionColumns * tile.image * channels;
    const { coefficients, ignoredToo = false } = field;
    const out = buffers.probabilities;
    regionGradient(p, labels, targets, coefficients, at, ignoredToo, out, channels, stride, count);
    return out;
  }
  const curve = curveNumbers(field.curve);
  const last = view.steps.at(-1);
  const stable = view.logs === 'stable';
  const winner = field.keep?.by === 'winner' ? buffers.winners : null;
  if (winner !== null) winners(p, channels, stride, count, winner);
  const factor: PixelFactor = {
    map: field.maps?.[tile.image] ?? null,
    mapStart: tile.start,
    keep: field.keep === undefined ? 0 : field.keep.by === 'loss' ? 1 : 2,
    bound: field.keep === undefined ? 0 : field.keep.by === 'loss' ? field.keep.above : field.keep.below,
    ties: field.keep?.by === 'loss' ? field.keep.ties : 0,
    nan: field.keep?.by === 'loss' && field.keep.nan,
    winners: winner,
  };
  if (field.kind === 'elements') {
    const sigmoid = stable && last === 'sigmoid';
    const at = sigmoid ? 'scores' : field.likeBceLoss ? 'bce' : 'probabilities';
    const out = sigmoid ? buffers.scores : buffers.probabilities;
    const slope = at === 'bce' ? { ...curve, logFloor: -Infinity } : curve;
    const numbers = { curve: slope, smoothing: field.smoothing ?? 0, at } as const;
    const { positive, negative, rank } = field;
    elementsGradient(
      tile.negLogP(),
      tile.negLogQ(),
      p,
      labels,
      targets,
      positive,
      negative,
      rank ?? null,
      numbers,
      factor,
      out,
      channels,
      stride,
      count,
    );
    return out;
  }
  const slopes = buffers.slopes;
  const uniform = field.uniform ?? null;
  likelihoodSlopes(tile.nll(), labels, field.weights, field.rank ?? null, curve, factor, slopes, count);
  const out = stable && (last === 'softmax' || last === 'exp') ? buffers.scores : buffers.probabilities;
  if (stable && last === 'softmax') likelihoodAtScores(slopes, uniform, p, labels, out, channels, stride, count);
  else {
    const by = stable && last === 'exp' ? null : p;
    likelihoodAtProbabilities(slopes, uniform, by, labels, out, channels, stride, count);
  }
  return out;
}

function keepHead(gradient: Float64Array, tile: Tile, head: number[]): void {
  if (tile.image > 0 || tile.start > 0) return;
  for (let c = 0; c < tile.channels; c++) {
    for (let i = 0; i < Math.min(8, tile.count); i++) head.push(gradient[c * tile.stride + i] ?? 0);
  }
}

/** Of the first pixels of every channel, the first eight values of channel after channel. */
function firstEight(head: readonly number[], subject: Subject): number[] {
  const kept = Math.min(8, subject.pixels);
  const run = kept < 8 || subject.pixels === 8 ? head : head.slice(0, kept);
  return run.slice(0, 8);
}

let count = 0;
const serial = new WeakMap<object, number>();

/** A name for a field; coefficient arrays are known by their identity. */
function fieldKey(field: GradientField): string {
  const id = serial.get(field) ?? ++count;
  serial.set(field, id);
  const curve: Curve | null = 'curve' in field ? field.curve : null;
  return `${field.kind} ${curve === null ? '' : curveKey(curve)} #${id}`;
}
