import fc from 'fast-check';
import { type Activation, elementCount, type Kind } from '../../src/core/index.ts';
import { type Picture, random } from '../_arrays.ts';

/** What a random picture may be. */
export interface Wanted {
  readonly kinds: readonly Kind[];
  readonly activations?: readonly Activation[];
  /** Most stored values that the prediction may have. */
  readonly size?: number;
  readonly weighted?: boolean;
  /** Target values between 0 and 1, where the kind has any. */
  readonly soft?: boolean;
  readonly ignore?: boolean;
  readonly dimensions?: readonly number[];
}

const shapesOf: Readonly<Record<number, readonly (readonly number[])[]>> = {
  2: [
    [1, 2],
    [2, 3],
    [3, 3],
    [1, 5],
    [4, 3],
  ],
  3: [
    [2, 2, 2],
    [1, 2, 3],
    [2, 1, 4],
  ],
};

/** Small pictures of every sort: images, channels, shape, ignored pixels, weights and spacing at random. */
export function anyPicture(wanted: Wanted): fc.Arbitrary<Picture> {
  const { kinds, activations = ['logits'], size = 60, weighted = true, soft = true, ignore = true } = wanted;
  const shapes = (wanted.dimensions ?? [2, 3]).flatMap((n) => shapesOf[n] ?? []);
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      activation: fc.constantFrom(...activations),
      several: fc.integer({ min: 2, max: 5 }),
      images: fc.integer({ min: 1, max: 3 }),
      spatial: fc.constantFrom(...shapes),
      softly: fc.boolean(),
      oneHot: fc.boolean(),
      ignored: fc.constantFrom(0, 0, 0.3),
      weigh: fc.boolean(),
      seed: fc.integer(),
    })
    .map((it): Picture => {
      const next = random(it.seed);
      const channels = it.kind === 'binary' ? 1 : it.several;
      const small = it.spatial.map((length) => Math.min(length, 2));
      const spatial = channels * elementCount(it.spatial) <= size ? it.spatial : small;
      const pixels = elementCount(spatial);
      const images = Math.max(1, Math.min(it.images, Math.floor(size / (channels * pixels))));
      const rows = channels === 1 ? 2 : channels;
      const some = (value: () => number): number[] => Array.from({ length: images * channels * pixels }, value);
      const prediction = stored(it.activation, some(next), channels, pixels);
      const share = ignore ? it.ignored : 0;
      const base = {
        prediction,
        spatial,
        images,
        channels,
        kind: it.kind,
        activation: it.activation,
        ignore: share > 0 ? [255] : [],
        spacing: spatial.map(() => 0.5 + 2 * next()),
        ...(it.weigh && weighted ? { weights: Array.from({ length: rows }, () => 0.2 + 2 * next()) } : {}),
      };
      if (it.kind !== 'exclusive') {
        const value = (): number =>
          it.softly && soft ? ([0, 1, next()][Math.floor(3 * next())] ?? 0) : Number(next() < 0.4);
        return { ...base, target: some(() => (next() < share / channels ? 255 : value())) };
      }
      const ids = Array.from({ length: images * pixels }, () => (next() < share ? 255 : Math.floor(next() * channels)));
      if (!it.oneHot || share > 0) return { ...base, target: ids };
      const target = some(() => 0);
      ids.forEach((id, k) => {
        target[(Math.floor(k / pixels) * channels + id) * pixels + (k % pixels)] = 1;
      });
      return { ...base, target, mode: 'one-hot' };
    });
}

/** Turns uniform numbers into values such as a file of that kind holds. */
function stored(activation: Activation, uniform: readonly number[], channels: number, pixels: number): number[] {
  const scores = uniform.map((u) => 6 * u - 3);
  if (activation === 'logits') return scores;
  const exps = scores.map((z) => Math.exp(z / 2));
  const p = uniform.map((u, k) => {
    if (activation === 'sigmoid' || channels === 1) return 0.05 + 0.9 * u;
    const image = Math.floor(k / (channels * pixels)) * channels * pixels;
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += exps[image + c * pixels + (k % pixels)] ?? 0;
    return (exps[k] ?? 0) / sum;
  });
  if (activation === 'scaled-by-255') return p.map((value) => 255 * value);
  return activation === 'log-softmax' ? p.map(Math.log) : p;
}
