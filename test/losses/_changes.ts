import { elementCount } from '../../src/core/index.ts';
import { type Picture, random } from '../_arrays.ts';

/** True where the target has a value per channel. */
function isPerChannel({ kind, mode, channels }: Picture): boolean {
  return channels > 1 && (kind === 'multilabel' || mode === 'one-hot');
}

/** Value of the target for a channel of a pixel; 255 in every channel where any of them says so. */
export function targetAt(picture: Picture, image: number, channel: number, pixel: number): number {
  const pixels = elementCount(picture.spatial);
  const { target, channels } = picture;
  if (isPerChannel(picture)) {
    const own = Array.from({ length: channels }, (_, c) => target[(image * channels + c) * pixels + pixel] ?? 0);
    return own.includes(255) ? 255 : (own[channel] ?? 0);
  }
  const stored = target[image * pixels + pixel] ?? 0;
  return channels === 1 || stored === 255 ? stored : Number(stored === channel);
}

/** The picture with stored probabilities that a function gives for image, channel and pixel. */
export function predicting(picture: Picture, p: (image: number, channel: number, pixel: number) => number): Picture {
  const pixels = elementCount(picture.spatial);
  const { images = 1, channels } = picture;
  const prediction = Array.from({ length: images * channels * pixels }, (_, k) =>
    p(Math.floor(k / (channels * pixels)), Math.floor(k / pixels) % channels, k % pixels),
  );
  return { ...picture, prediction, activation: 'softmax' };
}

/** The picture with the target itself as probabilities; ignored pixels get none. */
export function perfect(picture: Picture): Picture {
  return predicting(picture, (image, channel, pixel) => {
    const t = targetAt(picture, image, channel, pixel);
    return t > 1 ? 0 : t;
  });
}

/** A random order of 0 .. n - 1. */
function order(n: number, next: () => number): number[] {
  const out = Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const other = Math.floor(next() * (k + 1));
    [out[k], out[other]] = [out[other] ?? 0, out[k] ?? 0];
  }
  return out;
}

/** The same pixels in another order, image by image. */
export function shuffle(picture: Picture, seed: number): Picture {
  const next = random(seed);
  const pixels = elementCount(picture.spatial);
  const { images = 1, channels } = picture;
  const orders = Array.from({ length: images }, () => order(pixels, next));
  const moved = (values: ArrayLike<number>, planes: number): number[] =>
    Array.from(values, (_, k) => {
      const plane = Math.floor(k / pixels);
      return values[plane * pixels + (orders[Math.floor(plane / planes)]?.[k % pixels] ?? 0)] ?? 0;
    });
  return {
    ...picture,
    prediction: moved(picture.prediction, channels),
    target: moved(picture.target, isPerChannel(picture) ? channels : 1),
  };
}

/** An exclusive picture with its classes renamed; row r of the new table is row `rows[r]` of the old. */
export function permuteClasses(picture: Picture, seed: number): { changed: Picture; rows: number[] } {
  const pixels = elementCount(picture.spatial);
  const { channels } = picture;
  const rows = order(channels, random(seed));
  const moved = (values: ArrayLike<number>): number[] =>
    Array.from(values, (_, k) => {
      const plane = Math.floor(k / pixels);
      const channel = rows[plane % channels] ?? 0;
      return values[(plane - (plane % channels) + channel) * pixels + (k % pixels)] ?? 0;
    });
  const changed = {
    ...picture,
    prediction: moved(picture.prediction),
    target: isPerChannel(picture)
      ? moved(picture.target)
      : Array.from(picture.target, (id) => (id < channels ? rows.indexOf(id) : id)),
    ...(picture.weights === undefined ? {} : { weights: rows.map((row) => picture.weights?.[row] ?? 1) }),
  };
  return { changed, rows };
}
