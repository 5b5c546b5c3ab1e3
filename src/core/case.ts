import type { Gather, Job, Take } from './crew.ts';
import type { DType, Hints } from './ndarray.ts';
import type { TargetTotals } from './predictor.ts';
import type { PredictionProfile, TargetProfile } from './profile.ts';
import type { Labels, Reals, Tile } from './tile.ts';
import type { Level, View } from './view.ts';

/** What one pixel of the target says: one of two things, one of C classes, or any subset of C classes. */
export type Kind = 'binary' | 'exclusive' | 'multilabel';

/** What the stored prediction is. */
export type Activation =
  | 'logits'
  | 'softmax'
  | 'sigmoid'
  | 'log-softmax'
  | 'activated-twice'
  | 'one-hot'
  | 'labels'
  | 'scaled-by-255';

export type Encoding =
  | 'ids'
  | 'binary'
  | 'binary-255'
  | 'one-hot'
  | 'multi-hot'
  | 'palette-indices'
  | 'color-coded'
  | 'divided-by-255'
  | 'minus-one-one'
  | 'soft';

export type Confidence = 'sure' | 'likely' | 'guess';

/** A guess, written down: what was chosen, the evidence, and the flag that overrides it. */
export interface Assumption {
  readonly about: string;
  readonly chosen: string;
  readonly because: string;
  readonly override: string | null;
  readonly confidence: Confidence;
}

export interface PredictionFacts {
  readonly path: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Axis letters in the order of the file, such as `NCHW`. */
  readonly layout: string;
  readonly activation: Activation;
  readonly hints: Hints;
  readonly profile: PredictionProfile;
}

export interface TargetFacts {
  readonly path: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly layout: string;
  readonly encoding: Encoding;
  /** Stored values are multiplied by this before anything looks at them (a 0/255 picture is read as 0/1). */
  readonly scale: number;
  /** Where set, every stored value is read as the class of the nearest level instead (a grey picture of 0 and 255 as 0 and 1). */
  readonly levels?: readonly Level[] | undefined;
  readonly hints: Hints;
  readonly profile: TargetProfile;
}

/** Something that keeps a whole group of questions from being answered, and the rule that says what it is. */
export interface Obstacle {
  readonly rule: string;
  readonly blocks: readonly Material[];
  readonly reason: string;
}

/** What a rule looks at. */
export type Material = 'prediction' | 'target' | 'pair';

/** What is known of the arrays without looking at a pixel again. Rules are handed this, never a `Case`. */
export interface Subject {
  readonly id: string;
  readonly kind: Kind;
  /** Channels of the prediction (1 for a binary head). */
  readonly channels: number;
  /** Rows of a per-class table: 2 for binary, else `channels`. */
  readonly rows: number;
  readonly names: readonly string[] | null;
  readonly images: number;
  /** Spatial shape of one image: [H, W] or [D, H, W]. */
  readonly spatial: readonly number[];
  /** Pixels of one image. */
  readonly pixels: number;
  readonly spacing: readonly number[];
  readonly ignore: readonly number[];
  /** Class weights given by the user, one per row; null when none were given. */
  readonly weights: readonly number[] | null;
  readonly prediction: PredictionFacts;
  readonly target: TargetFacts;
  readonly assumptions: readonly Assumption[];
  readonly obstacles: readonly Obstacle[];
}

/** What is visited of the pixels. */
export interface Part {
  /** In this order; all blocks where there are none named. */
  readonly blocks?: Iterable<number>;
  /** Tiles that are not wanted are not even read. */
  readonly wanted?: (image: number, start: number, count: number) => boolean;
}

export type Precision = 'single' | 'double';

/** A subject with its pixels. Measures get this. */
export interface Case extends Subject {
  /** How exactly the pixels are worked on: `single` leaves it to the SIMD kernels, `double` is float64 throughout. */
  readonly precision: Precision;
  /** The same pixels, with a target that is read alike, when more has become known of them. */
  described(subject: Subject): Case;
  /** The same with one image only. */
  image(index: number): Case;
  /** Class totals of the target under a view; what a predictor that knows only the label needs. */
  totals(view: View): TargetTotals;
  /** Class ids of one image: -1 where ignored, 0/1 for binary targets. */
  labels(image: number, view: View): Labels;
  /** Target values of one image, channel by channel; null for class ids. */
  targets(image: number, view: View): Float64Array | null;
  /** Target of one image, or of a run of its pixels, as the file stores it: first channel only, before any reading. */
  stored(image: number, start?: number, count?: number): Reals;
  /**
   * Squared distance of every pixel to the nearest one of another label, on maps of labels as large as an image; Infinity on a map of a
   * single label. In pixels, or in the units of `spacing`. Where several threads work on it, the maps must not change any more.
   */
  squaredDistances(maps: readonly Labels[], spacing: readonly number[] | null): readonly Reals[];
  /** Blocks of a few tiles that all images are cut into; those of an image are in order, images may take turns. */
  readonly blocks: number;
  /** The image that a block is of. */
  imageAt(block: number): number;
  /** Visits the pixels tile by tile, under several views at a time: all of them once and block by block, or a part. */
  tiles(views: readonly View[], visit: (tiles: readonly Tile[]) => void, part?: Part): void;
  /** Has all blocks gathered in several threads; null where there is but this one. */
  readonly share: ((jobs: readonly Job[], gather: Gather, take: Take) => void) | null;
}
