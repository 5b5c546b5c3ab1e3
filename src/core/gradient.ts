/** How the surprise u = -ln p of a pixel or element becomes its loss. */
export type Curve =
  | { readonly id: 'log'; readonly clip?: number; readonly logFloor?: number }
  | { readonly id: 'focal'; readonly gamma: number; readonly clip?: number; readonly logFloor?: number };

/** Two curves with the same key are the same function. */
export function curveKey(curve: Curve): string {
  const shape = curve.id === 'focal' ? `focal ${curve.gamma}` : curve.id;
  return `${shape} clip ${curve.clip ?? '-'} floor ${curve.logFloor ?? '-'}`;
}

/** Which pixels a mining loss keeps. */
export type Selection =
  /** A loss above `above` counts fully, one equal to it counts `ties`; `nan` says whether NaN ranks above everything. */
  | { readonly by: 'loss'; readonly above: number; readonly ties: number; readonly nan: boolean }
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
      /** Extra factor per pixel, one array per image. */
      readonly maps?: readonly Float64Array[];
      readonly keep?: Selection;
      /** Weights per row by which a mining rule ranks the losses. */
      readonly rank?: Float64Array;
    }
  /** Sum over elements of positive[c] * t * curve(-ln p) + negative[c] * (1 - t) * curve(-ln(1 - p)), t = smoothed target. */
  | {
      readonly kind: 'elements';
      readonly curve: Curve;
      readonly positive: Float64Array;
      readonly negative: Float64Array;
      readonly smoothing?: number;
      /** The gradient knows nothing of the floor under ln p and divides by max(p (1 - p), 1e-12), as torch.nn.BCELoss has it. */
      readonly likeBceLoss?: boolean;
      readonly maps?: readonly Float64Array[];
      readonly keep?: Selection;
      /** Weights per row by which a mining rule ranks the losses. */
      readonly rank?: Float64Array;
    }
  /**
   * The gradient itself, one array of channels x pixels per image, at the probabilities or at the input of the last step: losses over
   * ranks, skeletons or neighbourhoods work it out whole.
   */
  | { readonly kind: 'map'; readonly at: 'probabilities' | 'scores'; readonly values: readonly Float64Array[] }
  /** dL/dp = k0 g^2 + k1 g (1-g) + k2 (1-g)^2 + p (k3 g^2 + k4 g (1-g) + k5 (1-g)^2), the six at 6 * (image * channels + channel). */
  | { readonly kind: 'region'; readonly coefficients: Float64Array; readonly ignoredToo?: boolean };
