import type { Labels, Reals } from './tile.ts';

/** How the surprise u = -ln p of a pixel or element becomes its loss. */
export type Curve =
  | { readonly id: 'log'; readonly clip?: number; readonly logFloor?: number }
  | ({ readonly id: 'focal'; readonly clip?: number; readonly logFloor?: number } & Focus)
  /** The factor of the focal loss alone: (1 - p)^gamma. */
  | ({ readonly id: 'modulation'; readonly clip?: number } & Focus)
  /** u + epsilon (1 - p). */
  | { readonly id: 'poly'; readonly epsilon: number }
  /** u^power. */
  | { readonly id: 'power'; readonly power: number }
  /** max(0, margin - m)^power, m = ln p - ln(1 - p) the score on the side of the target. */
  | { readonly id: 'hinge'; readonly margin: number; readonly power: number }
  /** exp(-m). */
  | { readonly id: 'exponential' };

/** How a focal factor is made. */
export interface Focus {
  readonly gamma: number;
  /** The factor is ((1 - p) / threshold)^gamma, and 1 where p is below the threshold. */
  readonly threshold?: number;
  /** p is 1 - blend (1 - p) instead. */
  readonly blend?: number;
  /** p is an odds, so that the probability is p / (1 + p): of the side that p or that 1 - p stands for. */
  readonly odds?: 'positive' | 'negative';
}

/** Curves are asked for their keys at every tile. */
const keys = new WeakMap<object, string>();

/** Two curves with the same key are the same function. */
export function curveKey(curve: Curve | PairCurve | Margin): string {
  const key = keys.get(curve) ?? written(curve);
  keys.set(curve, key);
  return key;
}

function written(curve: Curve | PairCurve | Margin): string {
  return (
    Object.entries(curve)
      // A clip at 0 clips nothing.
      .filter(([name, value]) => value !== undefined && !(name === 'clip' && value === 0))
      .map(([name, value]) => {
        if (name === 'id') return value;
        return `${name} ${typeof value === 'object' ? `(${curveKey(value as Curve)})` : value}`;
      })
      .join(' ')
  );
}

/** A loss of a probability p and its target g, element by element. */
export type PairCurve =
  | { readonly id: 'square' }
  | { readonly id: 'absolute' }
  /** d^2 / 2 up to delta, delta (|d| - delta / 2) beyond. */
  | { readonly id: 'huber'; readonly delta: number }
  /** (g ln(g / m) + p ln(p / m)) / 2, m = (g + p) / 2; with `sides` 2 the same of 1 - p and 1 - g besides. */
  | { readonly id: 'jensen-shannon'; readonly sides: 1 | 2 }
  /** p (ln p - max(ln g, floor)); with `sides` 2 the same of 1 - p and 1 - g besides. */
  | { readonly id: 'reverse-kl'; readonly floor: number; readonly sides: 1 | 2 };

/** A loss of the differences ln p_k - ln p_y of a pixel of class y. */
export type Margin =
  /** sum over k != y of max(0, margin + ln p_k - ln p_y)^power. */
  | { readonly id: 'others'; readonly margin: number; readonly power: number }
  /** curve(-ln(p_y / sum over k > 0 of p_k)); nothing for the pixels of class 0. */
  | { readonly id: 'foreground'; readonly curve: Curve };

/**
 * A weight per pixel, from its distance d to the boundary of its class: plus + min(clip, R), R = (from - d) / span or, where
 * `inverse`, 1 / (d span). R is 0 where span is; without a class the weight is 0.
 */
export interface DistanceWeights {
  /** d^2 per pixel, one array per image; Infinity, where there is no boundary, stands for d = 0. */
  readonly squared: readonly Reals[];
  /** from and span per row at [2 * row], one array per image. */
  readonly rows: readonly Float64Array[];
  readonly plus: number;
  readonly inverse: boolean;
  readonly clip: number;
}

/** Which pixels a mining loss keeps. */
export type Selection =
  /** A loss above `above` counts fully, one equal to it counts `ties`; `nan` says whether NaN ranks above everything. */
  | {
      readonly by: 'loss';
      readonly above: number;
      readonly ties: number;
      readonly nan: boolean;
      /** The pixels are ranked by their loss with labels smoothed by this. */
      readonly smoothing?: number;
    }
  /** Only pixels whose largest probability is below `below` (and that are otherwise kept). */
  | { readonly by: 'winner'; readonly below: number };

/** Coefficients per image and channel of a region gradient: on g^2, g (1-g), (1-g)^2 and p times each of them. */
export const regionColumns = 6;

/**
 * The gradient of a loss, as coefficients that a kernel applies; the chain rule down to the stored array is the
 * kernel's business.
 */
export type GradientField =
  /** Sum over pixels of weights[y] * curve(-ln p_y) + sum_k uniform[k] * -ln p_k, times the pixel's map value. */
  | {
      readonly kind: 'likelihood';
      readonly curve: Curve;
      readonly weights: Float64Array;
      readonly uniform?: Float64Array;
      /** Extra factor per pixel. */
      readonly map?: DistanceWeights;
      readonly keep?: Selection;
      /** Weights per row by which a mining rule ranks the losses. */
      readonly rank?: Float64Array;
    }
  /** Sum over elements of positive[c] * t * curve(-ln p) + negative[c] * (1 - t) * curve(-ln(1 - p)), t = smoothed target. */
  | {
      readonly kind: 'elements';
      readonly curve: Curve;
      /** Of -ln(1 - p), where it is another one. */
      readonly negativeCurve?: Curve;
      readonly positive: Float64Array;
      readonly negative: Float64Array;
      readonly smoothing?: number;
      /** The gradient knows nothing of the floor under ln p and divides by max(p (1 - p), 1e-12), as torch.nn.BCELoss has it. */
      readonly likeBceLoss?: boolean;
      readonly map?: DistanceWeights;
      readonly keep?: Selection;
      /** Weights per row by which a mining rule ranks the losses. */
      readonly rank?: Float64Array;
    }
  /** Sum over elements of factors[c] * curve(p, g); factors[image * channels + c] where there is one for each image. */
  | { readonly kind: 'difference'; readonly curve: PairCurve; readonly factors: Float64Array }
  /** Sum over pixels of weights[y] * margin. */
  | { readonly kind: 'margin'; readonly margin: Margin; readonly weights: Float64Array }
  /** factor * sum over elements of |z - u|^power, z the score and u the share of the class in the box of `size` around the pixel. */
  | {
      readonly kind: 'nearness';
      readonly labels: readonly Labels[];
      readonly spatial: readonly number[];
      readonly size: number;
      readonly power: number;
      readonly factor: number;
    }
  /**
   * The gradient itself, one array of channels x pixels per image, at the probabilities or at the input of the last step: losses over
   * ranks, skeletons or neighbourhoods work it out whole; times a factor per channel, or per image and channel, where there are any.
   */
  | {
      readonly kind: 'map';
      readonly at: 'probabilities' | 'scores';
      readonly values: readonly Reals[];
      readonly factors?: Float64Array;
    }
  /** dL/dp = factors[c] times the signed distance to the boundary of the class, d outside and ring - d inside, from signed squares. */
  | {
      readonly kind: 'signed-distance';
      readonly squares: readonly Reals[];
      readonly ring: number;
      readonly factors: Float64Array;
    }
  /** dL/dp = a w g + b, w the weight of the pixel; a and b at [2 * (image * channels + channel)]. */
  | { readonly kind: 'weighed-hits'; readonly map: DistanceWeights; readonly factors: Float64Array }
  /** dL/dp = k0 g^2 + k1 g (1-g) + k2 (1-g)^2 + p (k3 g^2 + k4 g (1-g) + k5 (1-g)^2), the six at 6 * (image * channels + channel). */
  | { readonly kind: 'region'; readonly coefficients: Float64Array; readonly ignoredToo?: boolean };
