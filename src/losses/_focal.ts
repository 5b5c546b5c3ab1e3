import type { Curve, Subject, TargetTotals } from '../core/index.ts';
import type { ElementSums, LikelihoodSums } from '../measures/index.ts';
import type { Sides } from './_binary-cross-entropy.ts';
import { dot, rowWeights, times } from './_class-rows.ts';

export interface FocalOptions {
  readonly gamma: number;
  readonly alpha: readonly number[] | null;
  readonly 'alpha-negative': string;
  readonly activation: string;
  readonly 'divide-by': string;
  readonly reduction: string;
  readonly background: boolean;
  readonly normalised: boolean;
  readonly 'reduced-threshold': number | null;
  readonly spread: number;
  readonly odds: boolean;
  readonly clip: number;
  readonly 'log-floor': number | null;
}

/** Least sum of factors that is divided by. */
const leastNorm = 1e-6;

/** The loss and its factor as curves of -ln p and of -ln(1 - p). */
export interface FocalCurves {
  readonly own: Curve;
  readonly negative: Curve;
  readonly factor: Curve;
  readonly negativeFactor: Curve;
}

export function curves(o: FocalOptions, subject: Subject): FocalCurves {
  const { gamma, clip } = o;
  const floor = o['log-floor'];
  const threshold = o['reduced-threshold'];
  const focus = {
    gamma,
    ...(threshold === null ? {} : { threshold }),
    // (1 - s) p + s / (C - 1) (1 - p) + s = 1 - (1 - s - s / (C - 1)) (1 - p).
    ...(o.spread === 0 ? {} : { blend: 1 - o.spread - o.spread / Math.max(1, subject.channels - 1) }),
  };
  const odds = (side: 'positive' | 'negative'): object => (o.odds ? { odds: side } : {});
  const own = { id: 'focal', clip, ...(floor === null ? {} : { logFloor: floor }), ...focus } as const;
  const factor = { id: 'modulation', ...focus, ...(clip > 0 ? { clip } : {}) } as const;
  return {
    own: { ...own, ...odds('positive') },
    negative: { ...own, ...odds('negative') },
    factor: { ...factor, ...odds('positive') },
    negativeFactor: { ...factor, ...odds('negative') },
  };
}

/** Weights of the terms, their divisor included, and of the factors by which a normalised loss is divided. */
export interface Weighed<W> {
  /** 0 where the mean is over nothing. */
  readonly by: number;
  readonly weights: W;
  readonly norm: W | null;
}

/** Channel losses: means over all elements, as in every library. */
export function sides(
  o: FocalOptions,
  subject: Subject,
  totals: TargetTotals,
  sums: ElementSums,
  norms: ElementSums | undefined,
): Weighed<Sides> {
  const { channels, kind, weights } = subject;
  const first = o.background || channels === 1 ? 0 : 1;
  const alpha = o.alpha?.[0] ?? null;
  const against = o['alpha-negative'] === 'same' || alpha === null ? (alpha ?? 1) : 1 - alpha;
  const factor = (c: number, row: number): number => (c < first ? 0 : (weights?.[kind === 'binary' ? row : c] ?? 1));
  const up = Float64Array.from({ length: channels }, (_, c) => factor(c, 1) * (alpha ?? 1));
  const down = Float64Array.from({ length: channels }, (_, c) => factor(c, 0) * against);
  const by = channelDivisor(o, subject, totals, sums.valid, channels - first);
  const scale = new Float64Array(channels).fill(1 / by);
  if (norms === undefined) {
    return { by, weights: { positive: product(up, scale), negative: product(down, scale) }, norm: null };
  }
  const size = scale.map((_, c) => (norms.positive[c] ?? 0) + (norms.negative[c] ?? 0));
  const own = scale.map((s, c) => s / Math.max(size[c] ?? 0, leastNorm));
  const pull = scale.map((s, c) => {
    const n = size[c] ?? 0;
    const sum = times(up[c] ?? 0, sums.positive[c]) + times(down[c] ?? 0, sums.negative[c]);
    return n < leastNorm ? 0 : (-sum * s) / n ** 2;
  });
  return {
    by,
    weights: { positive: product(up, own), negative: product(down, own) },
    norm: { positive: pull, negative: pull },
  };
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, c) => value * (b[c] ?? 0));
}

function channelDivisor(o: FocalOptions, subject: Subject, totals: TargetTotals, valid: number, used: number): number {
  if (o.reduction === 'sum') return 1;
  if (o.reduction === 'sum-of-means') return subject.pixels;
  if (o['divide-by'] !== 'weights' || subject.weights === null) return valid * used;
  if (subject.kind !== 'binary') {
    return valid * subject.weights.slice(subject.channels - used).reduce((a, b) => a + b, 0);
  }
  const foreground = [...totals.sum, ...totals.restSum].reduce((a, b) => a + b, 0);
  return (subject.weights[0] ?? 1) * (valid - foreground) + (subject.weights[1] ?? 1) * foreground;
}

/** Losses over a softmax: one term per pixel. */
export function pixelWeights(
  o: FocalOptions,
  subject: Subject,
  counts: Float64Array,
  valid: number,
  byRow: Float64Array,
  norms: LikelihoodSums | undefined,
): Weighed<Float64Array> {
  const own = rowWeights(subject);
  const weights = own.map((w, row) => w * (o.alpha?.[o.alpha.length === 1 ? 0 : row] ?? 1));
  const by = pixelDivisor(o, subject, own, counts, valid);
  if (norms === undefined) return { by, weights: weights.map((w) => w / by), norm: null };
  const n = norms.byRow.reduce((a, b) => a + b, 0);
  const pull = n < leastNorm ? 0 : -dot(weights, byRow) / by / n ** 2;
  return {
    by,
    weights: weights.map((w) => w / by / Math.max(n, leastNorm)),
    norm: weights.map(() => pull),
  };
}

function pixelDivisor(
  o: FocalOptions,
  subject: Subject,
  own: Float64Array,
  counts: Float64Array,
  valid: number,
): number {
  if (o.reduction === 'sum') return 1;
  if (o.reduction === 'sum-of-means') return subject.pixels;
  if (o['divide-by'] === 'weights') return dot(own, counts);
  if (o['divide-by'] === 'count') return valid;
  return valid * (o.background ? subject.channels : Math.max(1, subject.channels - 1));
}
