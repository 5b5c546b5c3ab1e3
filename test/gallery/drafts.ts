/** Arrays as training code stores them, made of a situation. */
import { type DType, type Hints, type NdArray, type NumericData, ndarray } from '../../src/core/index.ts';
import type { DiagnoseOptions } from '../../src/options.ts';
import type { Field } from './fields.ts';
import type { Situation } from './situations.ts';

/** What is handed to lossprobe. */
export interface Draft {
  readonly prediction: NdArray;
  readonly target: NdArray;
  readonly options: DiagnoseOptions;
}

const makers: Partial<Record<DType, (values: ArrayLike<number>) => NumericData>> = {
  bool: (values) => new Uint8Array(values),
  uint8: (values) => new Uint8Array(values),
  int16: (values) => new Int16Array(values),
  int32: (values) => new Int32Array(values),
  float32: (values) => new Float32Array(values),
  float16: (values) => new Float32Array(values).map(half),
};

export function array(values: ArrayLike<number>, shape: readonly number[], dtype: DType, hints?: Hints): NdArray {
  const make = makers[dtype] ?? ((all: ArrayLike<number>) => new Float64Array(all));
  return ndarray(make(values), shape, dtype, hints);
}

/** The nearest number with the 11 bits of half precision. */
function half(x: number): number {
  const size = Math.abs(x);
  if (!(size < 65520)) return size >= 65520 ? Math.sign(x) * Infinity : x;
  const step = size < 2 ** -14 ? 2 ** -24 : 2 ** (Math.floor(Math.log2(size)) - 10);
  return Math.round(x / step) * step;
}

/** Shape of the prediction, images and channels first. */
export function scoreShape({ images, channels, shape }: Situation): number[] {
  return [images, channels, ...shape];
}

export function labelShape({ images, shape }: Situation): number[] {
  return [images, ...shape];
}

export function scores(s: Situation, dtype: DType = 'float32', values: Field = s.logits): NdArray {
  return array(values, scoreShape(s), dtype);
}

/** Softmax over the channels, sigmoid of a single one. */
export function activated(
  { images, channels, pixels }: Pick<Situation, 'images' | 'channels' | 'pixels'>,
  z: Field,
): Field {
  const out = new Float64Array(z.length);
  if (channels === 1) return z.map((x) => 1 / (1 + Math.exp(-x)));
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < pixels; i++) {
      const at = (c: number): number => (image * channels + c) * pixels + i;
      let top = -Infinity;
      for (let c = 0; c < channels; c++) top = Math.max(top, z[at(c)] ?? 0);
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += Math.exp((z[at(c)] ?? 0) - top);
      for (let c = 0; c < channels; c++) out[at(c)] = Math.exp((z[at(c)] ?? 0) - top) / sum;
    }
  }
  return out;
}

export function probabilities(s: Situation): Field {
  return activated(s, s.logits);
}

/** Class ids with `unlabelled` where nobody labelled. */
export function labels(s: Situation, unlabelled = 255): Float64Array {
  const out = new Float64Array(s.ids);
  s.unlabelled?.forEach((flag, i) => {
    if (flag === 1) out[i] = unlabelled;
  });
  return out;
}

export function target(s: Situation, dtype: DType = 'uint8', values: ArrayLike<number> = labels(s)): NdArray {
  return array(values, labelShape(s), dtype);
}

/** 0 and 1 per class, image by image, channel by channel; pixels that nobody labelled have none. */
export function oneHot(s: Situation): Float64Array {
  const out = new Float64Array(s.images * s.classes * s.pixels);
  s.ids.forEach((id, at) => {
    const image = Math.floor(at / s.pixels);
    if (s.unlabelled?.[at] !== 1) out[(image * s.classes + id) * s.pixels + (at % s.pixels)] = 1;
  });
  return out;
}

export function declared(s: Situation): Pick<DiagnoseOptions, 'ignoreIndex'> {
  return s.unlabelled === null ? {} : { ignoreIndex: 255 };
}

/** The loss that belongs to the logits of this head. */
export function usualLoss({ channels }: Situation): string {
  return channels === 1 ? 'bce-logits' : 'ce';
}

/** Logits in single precision, class ids in bytes, the usual loss, void declared. */
export function plain(s: Situation, loss: string = usualLoss(s)): Draft {
  return { prediction: scores(s), target: target(s), options: { loss, ...declared(s) } };
}

/** The same values with the channels moved behind the last axis. */
export function channelsLast(values: ArrayLike<number>, channels: number, pixels: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let at = 0; at < out.length; at++) {
    const [image, rest] = [Math.floor(at / (channels * pixels)), at % (channels * pixels)];
    out[(image * pixels + (rest % pixels)) * channels + Math.floor(rest / pixels)] = values[at] ?? 0;
  }
  return out;
}
