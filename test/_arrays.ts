import type fc from 'fast-check';
import {
  type Activation,
  type Case,
  contiguousStrides,
  type Evaluation,
  elementCount,
  type Kind,
  type LossSpec,
  type NdArray,
  type NumericData,
  ndarray,
  type Precision,
  type PredictionProfile,
  type Subject,
  type TargetProfile,
  type View,
} from '../src/core/index.ts';
import { stack } from '../src/measure/arrays.ts';
import { openCase } from '../src/measure/case.ts';
import { evaluateLosses, lossValue } from '../src/measure/evaluate.ts';
import { Measurements } from '../src/measure/measurements.ts';
import { parseLoss } from '../src/measure/spec.ts';
import type { TargetMode } from '../src/measure/target.ts';

/** A prediction and a target, small enough to write down. Values run over images, channels, then space. */
export interface Picture {
  readonly prediction: ArrayLike<number>;
  /** Class ids, 0/1, or (multi-label, one-hot) values per channel, in the same order. */
  readonly target: ArrayLike<number>;
  readonly spatial: readonly number[];
  /** 1 unless given. */
  readonly images?: number;
  readonly channels: number;
  /** Binary for one channel and exclusive for several unless given. */
  readonly kind?: Kind;
  readonly mode?: TargetMode;
  /** Logits unless given. */
  readonly activation?: Activation;
  readonly ignore?: readonly number[];
  readonly weights?: readonly number[];
  readonly spacing?: readonly number[];
  /**
   * How the prediction lies in memory; channels first and contiguous unless given. A Float64Array is then not copied: to
   * change it is to change the case.
   */
  readonly storage?: Storage;
  readonly targetStorage?: Storage;
  /** Doubles unless given. */
  readonly precision?: Precision;
}

/** How an array lies in memory. */
export interface Storage {
  /** Axis letters in the order of the file. */
  readonly layout: string;
  readonly order?: 'C' | 'Fortran';
  /** Axes that run backwards. */
  readonly flipped?: string;
  /** Elements of something else before each element of the last axis. */
  readonly gap?: number;
  readonly type?: 'float64' | 'float32' | 'int16' | 'uint8';
}

const makers = {
  float64: (n: number): NumericData => new Float64Array(n),
  float32: (n: number): NumericData => new Float32Array(n),
  int16: (n: number): NumericData => new Int16Array(n),
  uint8: (n: number): NumericData => new Uint8Array(n),
};

/** Axis letters of images, channels and space: `NCHW`. */
function plainLayout(spatial: readonly number[]): string {
  return `NC${'DHW'.slice(-spatial.length)}`;
}

/** Lays values, given in the order of the letters `from`, out in memory as `storage` says. */
function store(values: ArrayLike<number>, shape: readonly number[], from: string, storage: Storage): NdArray {
  const { layout, order = 'C', flipped = '', gap = 0, type = 'float64' } = storage;
  const lengths = [...layout].map((letter) => shape[from.indexOf(letter)] ?? 1);
  const strides = contiguousStrides(lengths, order).map((stride) => stride * (gap + 1));
  let offset = gap;
  [...layout].forEach((letter, axis) => {
    if (!flipped.includes(letter)) return;
    offset += ((lengths[axis] ?? 1) - 1) * (strides[axis] ?? 0);
    strides[axis] = -(strides[axis] ?? 0);
  });
  const data = makers[type](elementCount(lengths) * (gap + 1)).fill(type.startsWith('float') ? Number.NaN : 99);
  const plain = contiguousStrides(shape);
  for (let k = 0; k < elementCount(shape); k++) {
    let at = offset;
    shape.forEach((length, axis) => {
      const index = Math.floor(k / (plain[axis] ?? 1)) % length;
      at += index * (strides[layout.indexOf(from[axis] ?? '')] ?? 0);
    });
    data[at] = values[k] ?? Number.NaN;
  }
  return { dtype: type, shape: lengths, strides, offset, data, hints: { format: 'memory', container: 'array' } };
}

function kindOf({ kind, channels }: Picture): Kind {
  return kind ?? (channels === 1 ? 'binary' : 'exclusive');
}

function modeOf(picture: Picture): TargetMode {
  return picture.mode ?? (kindOf(picture) === 'exclusive' ? 'ids' : 'dense');
}

/** What is known of a picture without its pixels. */
function subjectOf(picture: Picture): Subject {
  const { channels, images = 1, spatial, ignore = [], weights = null } = picture;
  const targets = [...Array.from(picture.target)].filter((value) => !Number.isNaN(value));
  const profile = {
    min: targets.reduce((a, b) => Math.min(a, b), Infinity),
    max: targets.reduce((a, b) => Math.max(a, b), -Infinity),
    values: new Map([...new Set(targets)].sort((a, b) => a - b).map((v) => [v, targets.filter((t) => t === v).length])),
    channelSums: null,
  };
  const facts = { path: 'memory', dtype: 'float64', hints: { format: 'memory', container: 'array' } } as const;
  return {
    id: 'test',
    kind: kindOf(picture),
    channels,
    rows: kindOf(picture) === 'binary' ? 2 : channels,
    names: null,
    images,
    spatial,
    pixels: elementCount(spatial),
    spacing: picture.spacing ?? spatial.map(() => 1),
    ignore,
    weights,
    prediction: {
      ...facts,
      shape: [images, channels, ...spatial],
      layout: plainLayout(spatial),
      activation: picture.activation ?? 'logits',
      profile: {} as PredictionProfile,
    },
    target: {
      ...facts,
      shape: [images, ...spatial],
      layout: plainLayout(spatial).replace('C', ''),
      encoding: 'ids',
      scale: 1,
      profile: profile as Partial<TargetProfile> as TargetProfile,
    },
    assumptions: [],
    obstacles: [],
  };
}

export function caseOf(picture: Picture): Case {
  const { channels, images = 1, spatial } = picture;
  const letters = plainLayout(spatial);
  const mode = modeOf(picture);
  const stored = picture.storage ?? { layout: letters };
  const all = [images, channels, ...spatial];
  const prediction =
    picture.prediction instanceof Float64Array && picture.storage === undefined
      ? ndarray(picture.prediction, all, 'float64')
      : store(picture.prediction, all, letters, stored);
  const perChannel = mode !== 'ids' && channels > 1;
  const own = perChannel ? letters : letters.replace('C', '');
  const shape = perChannel ? [images, channels, ...spatial] : [images, ...spatial];
  const laid = picture.targetStorage ?? { layout: own };
  const target = store(picture.target, shape, own, laid);
  return openCase(
    subjectOf(picture),
    stack(prediction, stored.layout),
    stack(target, laid.layout),
    mode,
    picture.precision ?? 'double',
  );
}

export function measurementsOf(picture: Picture): Measurements {
  return new Measurements(caseOf(picture));
}

/** A loss on a picture, with everything around it. */
export function evaluate(picture: Picture, spec: string | LossSpec): Evaluation {
  const [evaluation] = evaluateLosses([typeof spec === 'string' ? parseLoss(spec) : spec], measurementsOf(picture));
  if (evaluation === undefined) throw new Error(`${String(spec)} is not defined for this picture`);
  return evaluation;
}

/** The bare number of a loss on a picture, read as a view says. */
export function valueUnder(picture: Picture, spec: LossSpec, view: View): number {
  return lossValue(spec, measurementsOf(picture), view).value;
}

/** Two numbers agree to `tolerance` of the larger; NaN agrees with NaN, an infinity with itself. */
export function agree(a: number, b: number, tolerance = 1e-12): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** Uniform numbers in [0, 1) from a seed, the same on every machine (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same runs every time. */
export const seeded = (numRuns: number, seed = 20_240_607): fc.Parameters<unknown> => ({ seed, numRuns });
