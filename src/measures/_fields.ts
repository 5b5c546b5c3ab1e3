import { curveKey, type GradientField, type Reals, type Tile, type View } from '../core/index.ts';
import {
  addScaled,
  addSigned,
  boxShares,
  distanceGradient,
  elementsGradient,
  likelihoodAtProbabilities,
  likelihoodAtScores,
  likelihoodSlopes,
  marginGradient,
  type PixelFactor,
  pairGradient,
  regionColumns,
  regionGradient,
  weightedHitsGradient,
} from '../kernels/index.ts';
import { curveNumbers, marginNumbers, pairOf } from './_curve.ts';
import { tileWeights } from './_distance-weights.ts';
import { tileLosses } from './_pixel-losses.ts';
import { winners } from './unsure-losses.ts';

/** Where a gradient is worked out on a tile: at the last step's input or at the probabilities, each set to 0 when first asked for. */
export class Buffers {
  readonly #tile: Tile;
  readonly #used = new Map<'scores' | 'probabilities', Reals>();

  constructor(tile: Tile) {
    this.#tile = tile;
  }

  get scores(): Reals {
    return this.#cleared('scores');
  }
  get probabilities(): Reals {
    return this.#cleared('probabilities');
  }
  /** Numbers per pixel. */
  get slopes(): Reals {
    return this.#tile.scratch('slopes', this.#tile.stride);
  }
  get shares(): Reals {
    return this.#tile.scratch('shares', this.#tile.stride);
  }
  get box(): Reals {
    return this.#tile.scratch('shares of the box', this.#tile.channels * this.#tile.stride);
  }

  uses(where: 'scores' | 'probabilities'): boolean {
    return this.#used.has(where);
  }

  #cleared(where: 'scores' | 'probabilities'): Reals {
    const { channels, stride } = this.#tile;
    const known = this.#used.get(where);
    const out = known ?? this.#tile.scratch(`gradient at the ${where}`, channels * stride);
    if (known === undefined) this.#used.set(where, out.fill(0));
    return out;
  }
}

type Of<K extends GradientField['kind']> = Extract<GradientField, { kind: K }>;
type Apply<K extends GradientField['kind']> = (
  field: Of<K>,
  tile: Tile,
  buffers: Buffers,
  step: { readonly last: string | undefined; readonly stable: boolean },
) => void;

const kinds: { readonly [K in GradientField['kind']]: Apply<K> } = {
  map(field, tile, buffers) {
    const { channels, stride, count, start, image } = tile;
    const out = field.at === 'scores' ? buffers.scores : buffers.probabilities;
    const { values, factors } = field;
    const whole = values[image];
    if (whole === undefined) return;
    const [run, pixels] = [buffers.slopes, whole.length / channels];
    const first = factors !== undefined && factors.length > channels ? image * channels : 0;
    for (let c = 0; c < channels; c++) {
      const factor = factors === undefined ? 1 : (factors[first + c] ?? 0);
      if (factor === 0) continue;
      run.set(whole.subarray(c * pixels + start, c * pixels + start + count));
      addScaled(run, factor, out.subarray(c * stride, (c + 1) * stride), 1, stride, count);
    }
  },
  'signed-distance'({ squares, ring, factors }, tile, buffers) {
    const { channels, stride, count, start, image, labels } = tile;
    const { slopes: run, probabilities: out } = buffers;
    const whole = squares[image];
    if (whole === undefined) return;
    const pixels = whole.length / channels;
    for (let c = 0; c < channels; c++) {
      run.set(whole.subarray(c * pixels + start, c * pixels + start + count));
      addSigned(run, labels, ring, factors[c] ?? 0, out.subarray(c * stride, (c + 1) * stride), count);
    }
  },
  'weighed-hits'({ map, factors }, tile, { probabilities: out }) {
    const { channels, stride, count, labels, targets } = tile;
    const own = factors.subarray(2 * tile.image * channels);
    weightedHitsGradient(labels, targets, tileWeights(tile, map), own, out, channels, stride, count);
    return out;
  },
  region({ coefficients, ignoredToo = false }, tile, { probabilities: out }) {
    const { channels, stride, count, labels, targets } = tile;
    const at = regionColumns * tile.image * channels;
    regionGradient(tile.probabilities(), labels, targets, coefficients, at, ignoredToo, out, channels, stride, count);
  },
  difference({ curve, factors }, tile, { probabilities: out }) {
    const { channels, stride, count, labels, targets } = tile;
    const own = factors.length > channels ? factors.subarray(tile.image * channels) : factors;
    pairGradient(tile.probabilities(), labels, targets, pairOf(curve), own, out, channels, stride, count);
  },
  margin({ margin, weights }, tile, buffers, { last, stable }) {
    const { channels, stride, count, labels } = tile;
    const atScores = stable && (last === 'softmax' || last === 'exp');
    const out = atScores ? buffers.scores : buffers.probabilities;
    const by = atScores ? null : tile.probabilities();
    marginGradient(tile.negLogP(), labels, marginNumbers(margin), weights, by, out, channels, stride, count);
  },
  nearness(field, tile, buffers, { last }) {
    const { channels, stride, count, labels } = tile;
    const whole = field.labels[tile.image] ?? labels;
    boxShares(whole, field.spatial, field.size, tile.start, buffers.box, channels, stride, count);
    const out = last === undefined ? buffers.probabilities : buffers.scores;
    const by = last === undefined ? tile.probabilities() : null;
    const { power, factor } = field;
    distanceGradient(tile.logits(), buffers.box, labels, power, factor, by, out, channels, stride, count);
  },
  elements(field, tile, buffers, { last, stable }) {
    const { channels, stride, count, labels, targets } = tile;
    const [up, down, p] = [tile.negLogP(), tile.negLogQ(), tile.probabilities()];
    const sigmoid = stable && last === 'sigmoid';
    const at = sigmoid ? 'scores' : field.likeBceLoss ? 'bce' : 'probabilities';
    const out = sigmoid ? buffers.scores : buffers.probabilities;
    const { curve, negativeCurve = curve, positive, negative, smoothing = 0 } = field;
    const a = curveNumbers(curve);
    const b = curveKey(curve) === curveKey(negativeCurve) ? a : curveNumbers(negativeCurve);
    const bare = { logFloor: -Infinity };
    const curves =
      at === 'bce'
        ? [
            { ...a, ...bare },
            { ...b, ...bare },
          ]
        : [a, b];
    const numbers = { curve: curves[0] ?? a, negativeCurve: curves[1] ?? b, smoothing, at } as const;
    const factor = factorOf(field, tile);
    elementsGradient(up, down, p, labels, targets, positive, negative, numbers, factor, out, channels, stride, count);
  },
  likelihood(field, tile, buffers, { last, stable }) {
    const { channels, stride, count, labels } = tile;
    const { shares } = buffers;
    const { uniform = null } = field;
    const slopes = likelihoodTileSlopes(field, tile, buffers);
    const p = tile.probabilities();
    if (stable && last === 'softmax') {
      likelihoodAtScores(slopes, shares, uniform, p, labels, buffers.scores, channels, stride, count);
      return;
    }
    const exp = stable && last === 'exp';
    const out = exp ? buffers.scores : buffers.probabilities;
    likelihoodAtProbabilities(slopes, shares, uniform, exp ? null : p, labels, out, channels, stride, count);
  },
};

/** Adds a field's gradient to the buffer that it belongs to. */
export function applyField(field: GradientField, tile: Tile, view: View, buffers: Buffers): void {
  const step = { last: view.steps.at(-1), stable: view.logs === 'stable' };
  (kinds[field.kind] as Apply<GradientField['kind']>)(field as never, tile, buffers, step);
}

/** By how much every pixel's loss changes with its -ln p_y. */
export function likelihoodTileSlopes(field: Of<'likelihood'>, tile: Tile, { slopes, shares }: Buffers): Reals {
  const { weights, curve } = field;
  const factor = factorOf(field, tile);
  likelihoodSlopes(tile.nll(), tile.labels, weights, curveNumbers(curve), factor, slopes, shares, tile.count);
  return slopes;
}

/** What a map and a mining rule make of each pixel. */
function factorOf(field: Of<'likelihood'> | Of<'elements'>, tile: Tile): PixelFactor {
  const { keep, map, rank = null } = field;
  const byLoss = keep?.by === 'loss' ? keep : null;
  const smoothing = byLoss?.smoothing ?? ('smoothing' in field ? field.smoothing : 0);
  return {
    map: map === undefined ? null : tileWeights(tile, map),
    keep: keep === undefined ? 0 : byLoss === null ? 2 : 1,
    bound: keep === undefined ? 0 : keep.by === 'loss' ? keep.above : keep.below,
    ties: byLoss?.ties ?? 0,
    nan: byLoss?.nan ?? false,
    rank: keep === undefined ? null : byLoss === null ? winners(tile) : tileLosses(tile, rank, log, smoothing),
  };
}

const log = curveNumbers({ id: 'log' });
