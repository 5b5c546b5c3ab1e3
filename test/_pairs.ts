import type { DiagnoseOptions } from '../src/options.ts';
import { random } from './_arrays.ts';
import type { NpyParts } from './readers/_encode-npy.ts';

/** A prediction and a target as they are written to files, of more pixels than a block of tiles holds. */
export interface Pair {
  readonly name: string;
  readonly prediction: NpyParts & { readonly shape: readonly number[] };
  readonly target: NpyParts & { readonly shape: readonly number[] };
  readonly options: DiagnoseOptions;
}

const next = random(11);

/** Values that lean towards the class of a checkerboard. */
function scores(channels: number, pixels: number, images = 1): number[] {
  return Array.from({ length: images * channels * pixels }, (_, k) => {
    const hit = (((k % pixels) >> 6) * 7) % Math.max(2, channels) === Math.floor(k / pixels) % channels;
    return (hit ? 2 : 0) + 3 * next() - 1.5;
  });
}

function labels(classes: number, pixels: number, images = 1): number[] {
  return Array.from(
    { length: images * pixels },
    (_, k) => (((k % pixels) >> 6) * 7 + (next() < 0.03 ? 1 : 0)) % classes,
  );
}

const multi = {
  prediction: { values: scores(3, 40_000), shape: [3, 160, 250] },
  target: { values: labels(3, 40_000), shape: [160, 250], dtype: 'uint8' },
} as const;

export const pairs: readonly Pair[] = [
  {
    name: 'three classes, every loss',
    prediction: { values: scores(3, 17_000), shape: [3, 100, 170] },
    target: { values: labels(3, 17_000), shape: [100, 170], dtype: 'uint8' },
    options: { loss: ['ce', 'dpce', 'topk', 'dice + 0.5*ce'], table: 'all', rules: [] },
  },
  { name: 'three classes, every rule', ...multi, options: {} },
  {
    name: 'three classes in float16',
    ...multi,
    prediction: { ...multi.prediction, dtype: 'float16' },
    options: { loss: ['ce', 'topk'] },
  },
  {
    name: 'three classes in float64',
    ...multi,
    prediction: { ...multi.prediction, dtype: 'float64' },
    options: { loss: 'dice' },
  },
  {
    name: 'three classes in Fortran order',
    ...multi,
    prediction: { ...multi.prediction, fortran: true },
    options: { loss: 'ce' },
  },
  {
    name: 'two classes',
    prediction: { values: scores(1, 40_000), shape: [1, 160, 250] },
    target: { values: labels(2, 40_000).map((label) => 255 * label), shape: [160, 250], dtype: 'uint8' },
    options: { loss: 'bce-logits' },
  },
  {
    name: 'a soft target',
    prediction: { values: scores(2, 40_000), shape: [2, 160, 250] },
    target: { values: scores(2, 40_000).map((x) => 1 / (1 + Math.exp(-x))), shape: [2, 160, 250] },
    options: {},
  },
  {
    name: 'a volume',
    prediction: { values: scores(2, 40_000), shape: [2, 10, 40, 100] },
    target: { values: labels(2, 40_000), shape: [10, 40, 100], dtype: 'int64' },
    options: { loss: ['ce', 'dpce'] },
  },
  {
    name: 'a batch with ignored pixels',
    prediction: { values: scores(3, 20_000, 3), shape: [3, 3, 100, 200] },
    target: { values: labels(4, 20_000, 3), shape: [3, 100, 200], dtype: 'uint8' },
    options: { ignoreIndex: 3, loss: 'focal:gamma=2' },
  },
  {
    name: 'a batch of volumes with distances in millimetres',
    prediction: { values: scores(2, 37_851, 2), shape: [2, 2, 33, 37, 31] },
    target: { values: labels(2, 37_851, 2), shape: [2, 33, 37, 31], dtype: 'uint8' },
    options: { spacing: [2, 1, 0.7], loss: 'dpce:spacing=true', rules: [] },
  },
];
