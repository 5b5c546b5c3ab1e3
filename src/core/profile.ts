import type { WrongAxis } from './view.ts';

/** Whole-array facts about a stored prediction, gathered before anything is assumed of it. */
export interface PredictionProfile {
  readonly size: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** Index of the first non-finite value in the order N, C, spatial; null when all are finite. */
  readonly firstNonFinite: readonly number[] | null;
  readonly nonFiniteImages: number;
  /** Channels that are -Infinity throughout: deliberate masking. */
  readonly maskedChannels: readonly number[];
  readonly min: number;
  readonly max: number;
  /** Share of values below -1e-3 or above 1 + 1e-3. */
  readonly outsideUnit: number;
  readonly zeros: number;
  readonly integers: number;
  /** Distinct values, counted up to 257. */
  readonly distinct: number;
  /** Median of |x|, to the resolution of a logarithmic histogram; 0 unless some |x| is over 100. */
  readonly medianAbsolute: number;
  /** Share of |x| > 1e3. */
  readonly huge: number;
  /** Share of pixels whose channels sum to 1 (within 1e-3; 1e-2 for float16), and the median distance from 1. */
  readonly sumsToOne: number;
  readonly sumError: number;
  /** Share of pixels with |logsumexp over channels| < 1e-3; 0 unless all values are <= 1e-6. */
  readonly logSumsToZero: number;
  /** Share of pixels with ln(largest/smallest channel) >= 0.9, and the largest such ratio; 0 unless channels sum to 1. */
  readonly wideRatio: number;
  readonly largestRatio: number;
  /** Share of values above 0.70 and below 0.51; 0 unless all lie between 0.4999 and 0.7312, as after two sigmoids. */
  readonly above070: number;
  readonly below051: number;
  /** Standard deviation over the pixels and mean per image and channel, [image * channels + channel]. */
  readonly deviation: Float64Array;
  readonly means: Float64Array;
  /** Axes other than the class axis, and all of space: median distance from 1 of the sums along them of a probability array. */
  readonly otherAxes: readonly { readonly axis: WrongAxis; readonly sumError: number }[];
}

/** Whole-array facts about a stored target. */
export interface TargetProfile {
  readonly size: number;
  readonly nonFinite: number;
  readonly min: number;
  readonly max: number;
  /** Distinct values with their counts, ascending; `complete` is false when there are more than were kept. */
  readonly values: ReadonlyMap<number, number>;
  readonly complete: boolean;
  readonly integers: number;
  /** Colours with their counts, most frequent first, when the target is a colour image. */
  readonly colours: readonly { readonly colour: readonly number[]; readonly pixels: number }[];
  /** For a target with a channel axis: share of pixels whose channels sum to 0, to 1, and to 2 or more. */
  readonly channelSums: { readonly none: number; readonly one: number; readonly several: number } | null;
  /** Of the pixels holding each undeclared value: share within 3 px of a label change or of the image border. */
  readonly nearEdges: ReadonlyMap<number, number>;
  /** The traces of lossy compression around a few grey levels; absent where there are none. */
  readonly ringing?: Ringing | undefined;
}

/** One-hot channels that leave out more of the pixels than this leave out a class: void is less. */
export const voidShare = 0.2;

/** True where so many pixels have no channel set that the background was left out. */
export function lacksBackground({ channelSums }: TargetProfile): boolean {
  return (channelSums?.none ?? 0) > voidShare;
}

/** What JPEG leaves of a mask: a few levels, and small deviations from them in every block of 8 x 8 pixels that an outline crosses. */
export interface Ringing {
  /** The grey levels that the mask had, as stored, ascending. */
  readonly levels: readonly number[];
  /** Share of the pixels that are off these levels, and of those within 8 and within 40 grey values of one. */
  readonly off: number;
  readonly within8: number;
  readonly within40: number;
  /** Of the pixels off the levels: share that is higher or lower than both neighbours along a row or a column. */
  readonly peaks: number;
  /** Blocks with pixels off the levels, and how many of them no outline crosses. */
  readonly blocks: number;
  readonly plainBlocks: number;
}
